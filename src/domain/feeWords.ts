// The Vietnamese words of the fee schedule: a label for each code, and how amounts, rates and ranges are written in a sentence.
import { Decimal } from 'decimal.js';
import type { Money } from './money';

/** A label for every unit, base, dimension and case value of the schedule, in lower case. */
export const feeWords = {
  ban: 'bản',
  ban_sao: 'bản sao',
  chung_chi: 'chứng chỉ',
  di_chuc: 'di chúc',
  giao_dich: 'giao dịch',
  giay: 'giấy',
  giay_phep: 'giấy phép',
  ho_chieu: 'hộ chiếu',
  ho_so: 'hồ sơ',
  lan: 'lần',
  lan_nguoi: 'lần/người',
  nguoi_lan: 'người/lần',
  phieu: 'phiếu',
  tai_san_lan: 'tài sản/lần',
  the: 'thẻ',
  trang_ban_chinh: 'trang bản chính',
  tre_em: 'trẻ em',
  tre_em_la_anh_chi_em_ruot: 'trẻ em là anh chị em ruột',
  truong_hop: 'trường hợp',
  van_ban: 'văn bản',
  xe_lan: 'xe/lần',
  gia_chuyen_nhuong: 'giá chuyển nhượng',
  gia_tinh_lptb_nha_dat: 'giá tính lệ phí trước bạ nhà, đất',
  gia_tri_chuyen_nhuong: 'giá trị chuyển nhượng',
  gia_tri_quyen_su_dung_dat: 'giá trị quyền sử dụng đất',
  tinh_trang_thoi_han: 'thời hạn đăng ký',
  dung_han: 'đúng hạn',
  qua_han: 'quá hạn',
  tuoi_nguoi_duoc_dang_ky: 'tuổi người được đăng ký',
  duoi_14: 'dưới 14 tuổi',
  tu_du_14: 'từ đủ 14 tuổi',
  khu_vuc: 'khu vực',
  phuong: 'phường',
  khu_vuc_khac: 'khu vực khác',
  I: 'khu vực I',
  II: 'khu vực II',
  III: 'khu vực III',
  doi_tuong_cap: 'đối tượng cấp giấy',
  chi_dat: 'chỉ có đất',
  dat_va_tai_san: 'đất và tài sản gắn liền với đất',
  cap_moi_hoac_het_han: 'cấp mới hoặc hết hạn',
  mat_hoac_hong: 'bị mất hoặc bị hỏng',
  nhom_hang: 'nhóm hạng giấy phép',
  A1_A_B1: 'hạng A1, A, B1',
  o_to: 'ô tô',
  noi_dung: 'nội dung sát hạch',
  ly_thuyet: 'lý thuyết',
  thuc_hanh: 'thực hành',
  thuc_hanh_trong_hinh: 'thực hành trong hình',
  thuc_hanh_tren_duong: 'thực hành trên đường',
  mo_phong: 'mô phỏng',
  loai_xe: 'loại xe',
  o_to_cho_nguoi_den_9_cho: 'ô tô chở người đến 9 chỗ',
  mo_to_den_15tr: 'mô tô đến 15 triệu đồng',
  mo_to_15_40tr: 'mô tô trên 15 đến 40 triệu đồng',
  mo_to_tren_40tr: 'mô tô trên 40 triệu đồng',
  loai: 'loại công trình',
  nha_o_rieng_le: 'nhà ở riêng lẻ',
  cong_trinh_khac: 'công trình khác',
} as const;

/** Units that a sentence names by one short word. */
const shortWords = { trang_ban_chinh: 'trang', ban_sao: 'bản', tre_em_la_anh_chi_em_ruot: 'trẻ' } as const;

/** The label of a code; a code that a council has just invented reads as itself, with spaces. */
export const feeWord = (code: string): string => wordIn(feeWords, code) ?? code.replaceAll('_', ' ');

/** The word that counts a unit in a sentence: "3 bản". */
export const measureWord = (unit: string): string => wordIn(shortWords, unit) ?? feeWord(unit);

/** `1.250.000 ₫`. */
export const inDong = (amount: Money): string => `${amount.toString().replace(/\B(?=(\d{3})+$)/g, '.')} ₫`;

/** A rate of 0.0015 as `0,15 %`. */
export const percentText = (rate: Decimal): string => `${rate.times(100).toFixed().replace('.', ',')} %`;

/** 15 in 10,000 as `0,15 %`. */
export const fractionText = (numerator: number, denominator: number): string => percentText(new Decimal(numerator).div(denominator));

/** `1–2`, or `1` where both are the same. */
export const rangeText = (from: number, to: number): string => (from === to ? `${from}` : `${from}–${to}`);

export const capitalised = (words: string): string => words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);

function wordIn(words: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}
