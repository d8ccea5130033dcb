// The words on screen for the codes of the fee schedule (units, bases, dimensions, case values), in Vietnamese and English.
import { feeWord, type feeWords } from '../domain/feeWords';

/** The languages of the public screens. */
export type Language = 'vi' | 'en';

const english: Readonly<Record<keyof typeof feeWords, string>> = {
  ban: 'copy',
  ban_sao: 'certified copy',
  chung_chi: 'certificate',
  di_chuc: 'will',
  giao_dich: 'transaction',
  giay: 'certificate',
  giay_phep: 'permit',
  ho_chieu: 'passport',
  ho_so: 'dossier',
  lan: 'time',
  lan_nguoi: 'time per person',
  nguoi_lan: 'person per time',
  phieu: 'paper',
  tai_san_lan: 'asset per time',
  the: 'card',
  trang_ban_chinh: 'page of the original',
  tre_em: 'child',
  tre_em_la_anh_chi_em_ruot: 'child, siblings counted together',
  truong_hop: 'case',
  van_ban: 'document',
  xe_lan: 'vehicle per time',
  gia_chuyen_nhuong: 'transfer price',
  gia_tinh_lptb_nha_dat: 'registration value of house or land',
  gia_tri_chuyen_nhuong: 'transfer value',
  gia_tri_quyen_su_dung_dat: 'value of the land-use right',
  tinh_trang_thoi_han: 'registration deadline',
  dung_han: 'on time',
  qua_han: 'overdue',
  tuoi_nguoi_duoc_dang_ky: 'age of the person registered',
  duoi_14: 'under 14',
  tu_du_14: '14 or older',
  khu_vuc: 'area',
  phuong: 'ward',
  khu_vuc_khac: 'other area',
  I: 'area I',
  II: 'area II',
  III: 'area III',
  doi_tuong_cap: 'what is certified',
  chi_dat: 'land only',
  dat_va_tai_san: 'land and assets attached to it',
  cap_moi_hoac_het_han: 'new or expired',
  mat_hoac_hong: 'lost or damaged',
  nhom_hang: 'licence class group',
  A1_A_B1: 'classes A1, A, B1',
  o_to: 'car',
  noi_dung: 'test part',
  ly_thuyet: 'theory',
  thuc_hanh: 'practice',
  thuc_hanh_trong_hinh: 'practice on the course',
  thuc_hanh_tren_duong: 'practice on the road',
  mo_phong: 'simulation',
  loai_xe: 'vehicle type',
  o_to_cho_nguoi_den_9_cho: 'passenger car up to 9 seats',
  mo_to_den_15tr: 'motorcycle up to 15 million đồng',
  mo_to_15_40tr: 'motorcycle over 15 up to 40 million đồng',
  mo_to_tren_40tr: 'motorcycle over 40 million đồng',
  loai: 'type of works',
  nha_o_rieng_le: 'single dwelling',
  cong_trinh_khac: 'other works',
};

/** The label of a code in lower case. A code without a label reads as itself, with spaces for underscores. */
export function feeLabel(code: string, language: Language): string {
  return language === 'en' && isLabelled(code) ? english[code] : feeWord(code);
}

/** Whether the code has a label of its own in both languages. */
export const isLabelled = (code: string): code is keyof typeof feeWords => Object.hasOwn(english, code);
