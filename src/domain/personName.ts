// Names of people: the same with and without marks, how a plain one may be spelled, and where a content holds one.
import { normalForm, withoutMarks } from './contentLetters';
import { longestContent } from './reading';

/** Common family names; a name in a content begins with one. Văn and Phí are left out: far oftener a middle name, and a fee. */
const familyNames = `Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Mai Lâm Phùng Hà Tô Trương Tạ Cao Lương
  Lưu Đào Thái Chu Châu Quách Vương Tăng Kiều La Lại Mạc Tống Từ Nghiêm Ninh Nông Ông Quan Sầm Thạch Thân Thẩm Tiêu Tôn Triệu Ung Uông Vi Âu
  Bạch Bành Bế Cù Cung Danh Diệp Doãn Đàm Đan Đậu Đồng Đường Giang Giáp Hạ Hàn Hán Hứa Khổng Khúc Khuất Kim Lã Lục Lò Lường Lữ Mã Mẫn Nhâm Phó
  Quản Quàng Sùng Thào Tòng Trà Vàng Viên Yên`;

/** Syllables of names, of those that differ only in their marks the commoner first. */
const otherSyllables = `A Á Ái An Ân Ẩn Anh Ánh Ảnh Ba Bá Ban Bản Bằng Bảo Bào Bắc Bách Băng Bích Biên Bình Bính Bội Bốn Ca Cả Cam Cẩm Cầm Cảnh Canh Cát
  Chánh Chân Chấn Chất Chi Chí Chiên Chiến Chiểu Chinh Chính Chức Chung Chúc Chương Công Cúc Cương Cường Cừ Cự Cử Dạ Dân Dần Diễm Diên Diễn Diện
  Diệu Dinh Doan Doanh Du Dư Dục Dung Dũng Dụng Duy Duyên Duyệt Dương Đa Đại Đài Đạm Đan Đảng Đảm Đạo Đạt Đăng Đắc Đằng Đậu Đệ Điềm Điển Điền Điệp Diêu
  Đình Định Đĩnh Đoan Đoàn Đoài Đô Đông Độ Đôn Đồng Đức Đường Em Gấm Gái Gia Giác Giáng Giao Giàu Giỏi Hai Hải Hài Hãi Hàm Hán Hân Hãn Hạnh Hành Hào Hảo
  Hạo Hằng Hậu Hiên Hiến Hiển Hiền Hiện Hiệp Hiếu Hiểu Hiệu Hinh Hoa Hòa Hoà Hóa Hoá Hoài Hoan Hoàn Hoạch Hoành Hoạt Học Hội Hồi Hồng Hợi Hợp
  Huân Huấn Huê Huế Huệ Hùng Huy Huyên Huyền Hưng Hương Hường Hướng Hưởng Hữu Ích Kha Khá Khả Khai Khải Khang Khanh Khánh Khảo Khiêm Khiết Khoa Khoát
  Khôi Khoan Khuê Khương Kiên Kiệm Kiện Kiệt Kiều Kính Kỳ Kì Kỷ Lạc Lai Lài Lam Làn Lan Lãm Lành Lãng Lanh Lăng Lân Lập Lễ Lệ Liêm Liên Liễn Liệu Liễu
  Linh Lĩnh Loan Long Lộ Lộc Lợi Lợt Luân Luận Luật Lụa Lực Lương Lượng Lượm Lưu Lựu Ly Lý Lí Mạnh Mận Mão Mẫu Mây Mến Mị Miên Minh Mĩ Mỹ Mơ Mùi Mười
  Mừng Muôn My Na Nam Năm Nga Ngà Ngạn Ngân Ngát Nghị Nghi Nghĩa Ngoan Ngọ Ngọc Ngôn Nguyên Nguyện Nguyệt Nhã Nhàn Nhạn Nhân Nhẫn Nhất Nhật Nhi Nhì
  Nhiên Nho Nhu Nhuận Như Nhung Nhựt Nhường Nở Nụ Nữ Nương Oanh Pha Phái Phan Phát Phẩm Phấn Phi Phí Phim Phin Phong Phòng Phúc Phục Phú Phụ Phụng Phước
  Phương Phượng Phường Quang Quảng Quân Quế Quí Quý Quốc Quy Quyên Quyến Quyền Quyết Quỳnh Sa San Sang Sáng Sắc Sâm Sen Sĩ Sinh Son Song Sông Sơn Sớm
  Sự Sửu Sương Sỹ Tá Tài Tại Tám Tân Tâm Tấn Tận Tập Tất Tẩu Thạch Thái Thanh Thành Thạnh Thảnh Thao Thảo Thạo Thắm Thăng Thắng Thân Thận Thập Thật Thế
  Thể Thêm Thêu Thị Thi Thí Thiên Thiện Thiết Thiệu Thiều Thìn Thịnh Thoa Thoại Thoan Thoảng Thọ Thông Thống Thơ Thơm Thới Thu Thú Thụ Thuận Thuật
  Thục Thuần Thùy Thuỳ Thủy Thuỷ Thúy Thuý Thụy Thuỵ Thuyên Thuyết Thuyền Thư Thứ Thực Thức Thương Thường Thưởng Thược Tiến Tiên Tiền Tiệp Tiếp Tiểu Tín
  Tình Tính Tỉnh Tĩnh Toại Toàn Toán Toản Toan Tố Tới Trà Trác Trạch Trang Tráng Trạng Trầm Trân Trấn Trần Tri Trí Trị Triều Triết Triển Trinh Trình Trọng
  Trúc Trung Trường Trưởng Trực Tú Tuấn Tuân Tuất Tuệ Tùng Tụng Tuy Tuyên Tuyến Tuyền Tuyển Tuyết Tư Tứ Tự Từ Tường Tưởng Tỵ Tý Út Uyên Uyển Ưng Ước Văn
  Vân Vấn Vạn Vẻ Vệ Vi Vĩ Vị Vịnh Vinh Viện Viễn Việt Viết Vọng Vui Vũ Vụ Vương Vượng Vy Vỹ Xanh Xoan Xuân Xuyên Xuyến Xứng Ý Yên Yến Yêm`;

const spelledBy = spellingsBySyllable(`${familyNames} ${otherSyllables}`);
const families = new Set(wordsOf(familyNames));

/** Words of a name in a content: two alone are as often something else (`LE PHI` is *lệ phí*). */
const fewestWords = 3;
const mostWords = 5;

/** The words of a text in capitals without marks: `Đặng Thị Giang` → DANG, THI, GIANG. */
export function wordsOf(text: string): string[] {
  return withoutMarks(text)
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}

/** Whether two names are the same but for marks, case and what stands between words. */
export const isSameName = (one: string, other: string): boolean => normalForm(one) !== '' && normalForm(one) === normalForm(other);

/** Whether a content holds a name of three words or more, whole. */
export function holdsName(contentWords: readonly string[], name: string): boolean {
  const words = wordsOf(name);
  return words.length >= fewestWords && ` ${contentWords.join(' ')} `.includes(` ${words.join(' ')} `);
}

/** What may be a person's name in a content, without marks: a family name and syllables of names, the longer readings first. */
export function namesIn(content: string): string[] {
  const words = wordsOf(content.slice(0, longestContent));
  return words.flatMap((word, start) => {
    if (!families.has(word)) return [];
    const after = words.slice(start, start + mostWords).findIndex((one) => !spelledBy.has(one));
    const length = after < 0 ? Math.min(mostWords, words.length - start) : after;
    const lengths = Array.from({ length: Math.max(0, length - fewestWords + 1) }, (_, shorter) => length - shorter);
    return lengths.map((count) => words.slice(start, start + count).join(' '));
  });
}

/**
 * As officers may have typed a name that came without marks, the likeliest first: `DANG THI GIANG` → `Đặng Thị Giang`, `ĐẶNG THỊ GIANG` …
 * At most so many, and itself.
 */
export function spellingsOf(name: string, most: number): string[] {
  let ways: { spelled: readonly string[]; rank: number }[] = [{ spelled: [], rank: 0 }];
  for (const word of wordsOf(name)) {
    const syllables = spelledBy.get(word) ?? [titled(word)];
    ways = ways
      .flatMap(({ spelled, rank }) => syllables.map((syllable, place) => ({ spelled: [...spelled, syllable], rank: rank + place })))
      .sort((a, b) => a.rank - b.rank)
      .slice(0, most);
  }
  const plain = wordsOf(name);
  const written = ways.map(({ spelled }) => spelled.join(' ')).flatMap((one) => [one, one.toUpperCase()]);
  return [...new Set([name, plain.join(' '), plain.map(titled).join(' '), ...written])].slice(0, most);
}

const titled = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();

function spellingsBySyllable(text: string): Map<string, string[]> {
  const spelled = new Map<string, string[]>();
  for (const syllable of text.split(/\s+/)) {
    const [plain = ''] = wordsOf(syllable);
    const known = spelled.get(plain) ?? [];
    if (!known.includes(syllable)) spelled.set(plain, [...known, syllable]);
  }
  return spelled;
}
