// Banks of Vietnam: the number (BIN) that a VietQR code carries, and the names by which other systems call them.
import { foldToAscii } from './vietqr';

/** `bin`: six digits of the State Bank's list; `code`: as in the VietQR list; `shortName`: for screens; `name`: the legal name. */
export type Bank = { bin: string; code: string; shortName: string; name: string; otherNames: readonly string[] };

type Row = readonly [bin: string, code: string, shortName: string, name: string, ...otherNames: string[]];

/**
 * Sources: State Bank of Vietnam, Công văn 1589/NHNN-TT of 05/03/2024 (the BINs); https://api.vietqr.io/v2/banks (codes, digital banks).
 * Other names are those seen in webhooks and statements, stock tickers, and the names that banks gave up.
 */
const rows: readonly Row[] = [
  ['970400', 'SGICB', 'SaigonBank', 'Ngân hàng TMCP Sài Gòn Công Thương', 'SGB'],
  ['970403', 'STB', 'Sacombank', 'Ngân hàng TMCP Sài Gòn Thương Tín'],
  ['970405', 'VBA', 'Agribank', 'Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam', 'VBARD'],
  ['970406', 'VIKKI', 'Vikki Bank', 'Ngân hàng TNHH MTV Số Vikki', 'DOB', 'DAB', 'DongA Bank', 'Ngân hàng TMCP Đông Á'],
  ['970407', 'TCB', 'Techcombank', 'Ngân hàng TMCP Kỹ thương Việt Nam'],
  ['970408', 'GPB', 'GPBank', 'Ngân hàng Thương mại TNHH MTV Kỷ Nguyên Thịnh Vượng', 'Ngân hàng Thương mại TNHH MTV Dầu Khí Toàn Cầu'],
  ['970409', 'BAB', 'Bac A Bank', 'Ngân hàng TMCP Bắc Á', 'NASB'],
  ['970410', 'SCVN', 'Standard Chartered', 'Ngân hàng TNHH MTV Standard Chartered (Việt Nam)', 'Standard Chartered Vietnam', 'SC'],
  ['970412', 'PVCB', 'PVcomBank', 'Ngân hàng TMCP Đại Chúng Việt Nam'],
  ['970414', 'MBV', 'MBV', 'Ngân hàng TNHH MTV Việt Nam Hiện Đại', 'OceanBank', 'OJB', 'Ngân hàng Thương mại TNHH MTV Đại Dương'],
  ['970415', 'ICB', 'VietinBank', 'Ngân hàng TMCP Công thương Việt Nam', 'CTG', 'VTB'],
  ['970416', 'ACB', 'ACB', 'Ngân hàng TMCP Á Châu'],
  ['970418', 'BIDV', 'BIDV', 'Ngân hàng TMCP Đầu tư và Phát triển Việt Nam', 'BID'],
  ['970419', 'NCB', 'NCB', 'Ngân hàng TMCP Quốc Dân', 'NVB', 'NCB Bank'],
  ['970421', 'VRB', 'VRB', 'Ngân hàng Liên doanh Việt - Nga', 'VietNgaBank'],
  ['970422', 'MB', 'MBBank', 'Ngân hàng TMCP Quân đội', 'MBB'],
  ['970423', 'TPB', 'TPBank', 'Ngân hàng TMCP Tiên Phong', 'TienPhongBank'],
  ['970424', 'SHBVN', 'Shinhan Bank', 'Ngân hàng TNHH MTV Shinhan Việt Nam', 'SVB', 'Shinhan'],
  ['970425', 'ABB', 'ABBank', 'Ngân hàng TMCP An Bình'],
  ['970426', 'MSB', 'MSB', 'Ngân hàng TMCP Hàng Hải Việt Nam', 'MSBank', 'Maritime Bank', 'Ngân hàng TMCP Hàng Hải'],
  ['970427', 'VAB', 'VietABank', 'Ngân hàng TMCP Việt Á'],
  ['970428', 'NAB', 'Nam A Bank', 'Ngân hàng TMCP Nam Á'],
  ['970429', 'SCB', 'SCB', 'Ngân hàng TMCP Sài Gòn'],
  ['970430', 'PGB', 'PGBank', 'Ngân hàng TMCP Thịnh vượng và Phát triển', 'Ngân hàng TMCP Xăng dầu Petrolimex'],
  ['970431', 'EIB', 'Eximbank', 'Ngân hàng TMCP Xuất Nhập khẩu Việt Nam'],
  ['970432', 'VPB', 'VPBank', 'Ngân hàng TMCP Việt Nam Thịnh Vượng'],
  ['970433', 'VIETBANK', 'VietBank', 'Ngân hàng TMCP Việt Nam Thương Tín', 'VBB'],
  ['970434', 'IVB', 'Indovina Bank', 'Ngân hàng TNHH Indovina'],
  ['970436', 'VCB', 'Vietcombank', 'Ngân hàng TMCP Ngoại thương Việt Nam'],
  ['970437', 'HDB', 'HDBank', 'Ngân hàng TMCP Phát triển Thành phố Hồ Chí Minh'],
  ['970438', 'BVB', 'BaoViet Bank', 'Ngân hàng TMCP Bảo Việt'],
  ['970439', 'PBVN', 'Public Bank', 'Ngân hàng TNHH MTV Public Việt Nam', 'Public Bank Vietnam'],
  ['970440', 'SEAB', 'SeABank', 'Ngân hàng TMCP Đông Nam Á', 'SSB'],
  ['970441', 'VIB', 'VIB', 'Ngân hàng TMCP Quốc tế Việt Nam'],
  ['970442', 'HLBVN', 'Hong Leong Bank', 'Ngân hàng TNHH MTV Hong Leong Việt Nam', 'HLB', 'Hong Leong'],
  ['970443', 'SHB', 'SHB', 'Ngân hàng TMCP Sài Gòn - Hà Nội'],
  [
    '970444',
    'CBB',
    'VCBNeo',
    'Ngân hàng Thương mại TNHH MTV Ngoại thương Công nghệ số',
    'CBBank',
    'VNCB',
    'Ngân hàng Thương mại TNHH MTV Xây dựng Việt Nam',
  ],
  ['970446', 'COOPBANK', 'Co-opBank', 'Ngân hàng Hợp tác xã Việt Nam'],
  ['970448', 'OCB', 'OCB', 'Ngân hàng TMCP Phương Đông', 'OCB Bank'],
  ['970449', 'LPB', 'LPBank', 'Ngân hàng TMCP Lộc Phát Việt Nam', 'LienVietPostBank', 'LVPB', 'Ngân hàng TMCP Bưu điện Liên Việt'],
  ['970452', 'KLB', 'KienlongBank', 'Ngân hàng TMCP Kiên Long'],
  ['970454', 'VCCB', 'BVBank', 'Ngân hàng TMCP Bản Việt', 'VietCapitalBank', 'BanViet', 'BVB'],
  ['970457', 'WVN', 'Woori Bank', 'Ngân hàng TNHH MTV Woori Việt Nam', 'WRB', 'Woori'],
  ['970458', 'UOB', 'UOB', 'Ngân hàng TNHH MTV United Overseas Bank (Việt Nam)', 'United Overseas Bank Vietnam'],
  ['422589', 'CIMB', 'CIMB Bank', 'Ngân hàng TNHH MTV CIMB Việt Nam'],
  ['458761', 'HSBC', 'HSBC', 'Ngân hàng TNHH MTV HSBC (Việt Nam)', 'HSBC Vietnam'],
  ['546034', 'CAKE', 'Cake', 'Ngân hàng số Cake - Ngân hàng TMCP Việt Nam Thịnh Vượng', 'CAKE by VPBank'],
  ['963388', 'TIMO', 'Timo', 'Ngân hàng số Timo - Ngân hàng TMCP Bản Việt', 'Timo by BVBank'],
];

export const banks: readonly Bank[] = rows.map(([bin, code, shortName, name, ...otherNames]) => ({
  bin,
  code,
  shortName,
  name,
  otherNames,
}));

const byBin = new Map(banks.map((bank) => [bank.bin, bank]));
const byName = banksByName();

export const bankOfBin = (bin: string): Bank | undefined => byBin.get(bin);

/**
 * The bank that another system means by `name`: a code, short, legal or former name, however spaced, marked or capitalised. A name that
 * two banks go by (`BVB`: BaoViet in the VietQR list, Bản Việt on the exchange) finds none.
 */
export function bankNamed(name: string): Bank | undefined {
  const [bank, ...others] = byName.get(keyOf(name)) ?? [];
  return others.length === 0 ? bank : undefined;
}

function banksByName(): Map<string, readonly Bank[]> {
  const found = new Map<string, readonly Bank[]>();
  for (const bank of banks) {
    const keys = new Set([bank.code, bank.shortName, bank.name, ...bank.otherNames].map(keyOf));
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), bank]);
  }
  return found;
}

function keyOf(name: string): string {
  return foldToAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
