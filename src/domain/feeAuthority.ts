// Who must set an amount that is not known: the council of a province, or the Ministry of Finance (Law 97/2015/QH13 and its decrees).
import type { Fee, FeeRefusal } from './fee';

/** The provinces of today by their ids on the national portal; those directly under the centre are cities. */
const provinces: Readonly<Record<string, string>> = {
  H01: 'tỉnh An Giang',
  H05: 'tỉnh Bắc Ninh',
  H12: 'tỉnh Cà Mau',
  H13: 'thành phố Cần Thơ',
  H14: 'tỉnh Cao Bằng',
  H15: 'tỉnh Đắk Lắk',
  H17: 'thành phố Đà Nẵng',
  H18: 'tỉnh Điện Biên',
  H19: 'tỉnh Đồng Nai',
  H20: 'tỉnh Đồng Tháp',
  H21: 'tỉnh Gia Lai',
  H24: 'thành phố Hải Phòng',
  H26: 'thành phố Hà Nội',
  H27: 'tỉnh Hà Tĩnh',
  H29: 'Thành phố Hồ Chí Minh',
  H31: 'tỉnh Hưng Yên',
  H32: 'tỉnh Khánh Hòa',
  H35: 'tỉnh Lai Châu',
  H36: 'tỉnh Lâm Đồng',
  H37: 'tỉnh Lạng Sơn',
  H38: 'tỉnh Lào Cai',
  H41: 'tỉnh Nghệ An',
  H42: 'tỉnh Ninh Bình',
  H44: 'tỉnh Phú Thọ',
  H48: 'tỉnh Quảng Ngãi',
  H49: 'tỉnh Quảng Ninh',
  H50: 'tỉnh Quảng Trị',
  H52: 'tỉnh Sơn La',
  H53: 'tỉnh Tây Ninh',
  H55: 'tỉnh Thái Nguyên',
  H56: 'tỉnh Thanh Hóa',
  H57: 'thành phố Huế',
  H60: 'tỉnh Tuyên Quang',
  H61: 'tỉnh Vĩnh Long',
};

/** `Hội đồng nhân dân thành phố Hà Nội`, `Bộ Tài chính`. `localityCode`: where it is asked, for what every province sets for itself. */
export function authorityOf(fee: Pick<Fee, 'localityCode' | 'rule'>, localityCode: string | undefined): string {
  const isOfCouncil = fee.localityCode !== 'national' || fee.rule.type === 'by_provincial_council';
  if (!isOfCouncil) return 'Bộ Tài chính';
  const place = /^H\d{2}$/.test(fee.localityCode) ? fee.localityCode : (localityCode ?? '');
  return `Hội đồng nhân dân ${Object.hasOwn(provinces, place) ? provinces[place] : 'cấp tỉnh'}`;
}

/** Why it may not be collected, and who must decide first; undefined for refusals that are about something else. */
export function unsetSentence(fee: Fee, why: FeeRefusal['refused'], localityCode: string | undefined): string | undefined {
  const who = authorityOf(fee, localityCode);
  if (why === 'not_set_by_council') return `${fee.name}: chưa được thu, vì ${who} chưa quyết định mức thu.`;
  if (why === 'amount_unknown') return `${fee.name}: chưa được thu, vì chưa có mức thu do ${who} quy định trong biểu.`;
  if (why === 'tax_by_notice') return `${fee.name}: chỉ thu theo thông báo của cơ quan thuế.`;
  return undefined;
}
