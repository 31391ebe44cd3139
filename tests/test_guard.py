"""The guard lets no leak through and stops no question. Numbers and names here are invented."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.guard import guard

PLAN = "Kế hoạch diễn tập phòng thủ khu vực năm 2026 của huyện, gồm lực lượng và địa bàn như sau"

LEAKS = {
    "identity": [
        "001099012345",
        "CCCD của tôi: 079203001234",
        "so can cuoc 036085004321 a",
        "001 099 012 345",
        "001.099.012.345",
        "0010-9901-2345",
        "００１０９９０１２３４５",
        "Cử tri Nguyễn Văn A, sinh 1985, số 001085009876, kiến nghị về đường làng",
        "1 001099012345\n2 001099012346",
        "tóm tắt giúp đơn này: tôi là Trần Thị B, căn cước số 036 185 004 321, thường trú tại xã C",
        "0 0 1 0 9 9 0 1 2 3 4 5",
        "00 10 99 01 23 45",
        "cmnd 012345678 cấp ngày 01/01/2010",
        "số định danh cá nhân là 123456789012",
        "My ID number is 001085009876, can you check it?",
        "carte d'identité n° 001085009876",
        "hộ chiếu số C1234567",
        "mã số BHXH 0123456789",
    ],
    "card": [
        "4111 1111 1111 1111",
        "thẻ của tôi 4111111111111111 hết hạn 12/27",
        "5555-5555-5555-4444",
        "378282246310005",
        "９７０４ ３６８８ １２３４ ５６７８",
        "so the 9704361234567890123",
        "chuyển vào STK 19031234567890 Techcombank",
        "số tài khoản 0011 0022 33445",
        "my account number is 123456789",
    ],
    "password": [
        "mật khẩu của tôi là hoalan2026",
        "mat khau cua em la hoa hong",
        "MẬT KHẨU CỦA TÔI LÀ ABC123",
        "password: hunter2",
        "my password is Sunflower",
        "mot de passe : Tulipe2026!",
        "mon mot de passe est soleil",
        "mk la 12345678",
        "pass wifi cơ quan: quochoi@2026",
        "user: admin / pass: 123456",
        "Mật khẩu hộp thư công vụ là Abc@12345",
        "đổi mật khẩu giúp tôi thành Sen#Vang9",
        "mật khẩu của tôi là abc12345 có mạnh không?",
        "mật khẩu vneid 20262026",
        "pw=xyz98765",
        "mật khẩu là gì? mật khẩu của tôi là abc123",
        "mật khẩu: Abc@12345, cái này có ổn không?",
    ],
    "code": [
        "mã OTP là 482913",
        "otp 482913",
        "OTP 482 913",
        "Mã OTP của tôi vừa nhận được là 482913, nhập vào đâu ạ?",
        "MA XAC THUC CUA QUY KHACH LA 123456. KHONG CHIA SE CHO BAT KY AI",
        "482913 là mã xác thực Zalo của bạn",
        "Your verification code is 4829",
        "G-482913 is your verification code",
        "votre code de vérification : 739201",
        "ngân hàng gửi otp vietcombank 4829",
        "nhập mã 482913 để xác thực tài khoản",
        "mã pin 4826",
        "otp của em là 4 8 2 9 1 3",
        "mã OTP là 2026",
        "cvv 123 là số ở mặt sau, của tôi là cvv 4821",
    ],
    "phone": [
        "0912345678",
        "sđt của cử tri là 0912 345 678",
        "gọi tôi theo số +84 912 345 678",
        "Nguyễn Văn A 0912345678, Trần Thị B 0987654321",
        "Danh sách: 0912.345.678; 0987.654.321",
        "(091) 234 5678 là số của chị Hoa",
        "my number is +33 6 12 34 56 78",
        "văn phòng 024 3845 6789, hội trường 024 3845 6790",
        "hotline 0912345678 và 0987654321",
        "Zalo em 03 56 78 91 23",
        "liên hệ theo số là 0912345678",
        "tôi bị lừa đảo, số của tôi là 0912345678",
    ],
    "secret": [
        f"TỐI MẬT\n{PLAN}",
        f"MẬT\nSố: 12-KH/HU\n{PLAN}",
        f"*** TUYỆT MẬT ***\n\n{PLAN}",
        f"Độ mật: Tối mật\n{PLAN}",
        f"Độ mật: Mật\n{PLAN}",
        f"LƯU HÀNH NỘI BỘ\n{PLAN}",
        f"(Lưu hành nội bộ) {PLAN}",
        f"{PLAN} [MẬT]",
        f"TOI MAT\n{PLAN}",
        f"TUYỆT MẬT - {PLAN}",
        f"tóm tắt giúp tôi tài liệu mật sau: {PLAN}",
        f"ỦY BAN NHÂN DÂN HUYỆN\ntối mật\n{PLAN}",
        f"T Ố I  M Ậ T\n{PLAN}",
        f"TOP SECRET\n{PLAN}",
        f"CONFIDENTIEL\n{PLAN}",
        f"Tài liệu lưu hành nội bộ dưới đây, xin tóm tắt: {PLAN}",
    ],
}

HARMLESS = """
mã OTP là gì?
Mã OTP dùng để làm gì, có nên đưa cho người khác không?
mã OTP có 6 chữ số phải không
OTP hết hạn sau bao nhiêu phút
có người xin mã OTP thì báo số 5656 hay 156 ạ
OTP theo Thông tư 02/2025 là gì
từ năm 2026 mã OTP có thay đổi không
mã OTP trong Công văn 19130-CV/VPTW
làm mất OTP gọi tổng đài 1900 1234 được không
what is an OTP code?
c'est quoi un code OTP ?
tài liệu Tối mật bảo vệ bao nhiêu năm?
Tối mật
MẬT
20 năm
Tuyệt mật 30 năm, Tối mật 20 năm, Mật 10 năm
Tuyệt mật, Tối mật, Mật
TỐI MẬT LÀ BAO NHIÊU NĂM
bí mật nhà nước là gì
ba độ mật khác nhau thế nào, Mật và Tối mật và Tuyệt mật có thời hạn ra sao
dự thảo còn lưu hành nội bộ thì dùng AI nào?
tài liệu lưu hành nội bộ có được dán vào ChatGPT không ạ
Biên bản họp nội bộ, không đóng dấu mật, có đưa lên AI công cộng được không?
tài liệu mật: không đưa lên AI công cộng, chỉ dùng hệ thống được cơ quan cho phép
Bí mật nhà nước: không đưa lên Internet, xử lý theo luật riêng
mặt trời mọc ở hướng đông và lặn ở hướng tây, đó là điều ai cũng biết rồi
mật khẩu là gì?
Mật khẩu mạnh là mật khẩu dài và khó đoán
mật khẩu phải có ít nhất 12 ký tự
mật khẩu là 12 ký tự hay 8 ký tự?
mật khẩu 123456 có an toàn không?
mật khẩu AI có được trùng với mật khẩu công vụ không
tôi quên mật khẩu
mật khẩu của tôi bị lộ thì làm sao
my password is weak, what should I do?
password
how long should a password be?
mon mot de passe est trop court, que faire ?
mật khẩu, mã OTP
Mật khẩu, mã OTP là những thứ không đưa lên AI công cộng
đổi mật khẩu ngày 01/03/2026 có sớm quá không
Luật số 134/2025/QH15
134/2025/QH15
19130-CV/VPTW
Công văn 557/BKHCN-CĐSQG ngày 31/03/2025
Nghị định 356/2025/NĐ-CP thay Nghị định 13/2023/NĐ-CP từ ngày 01/01/2026
Thông tư 02/2025/TT-BGDĐT, khoản 19 Điều 2
01/01/2026, 01/03/2026, 01/07/2026
01.01.2026 01.03.2026 01.07.2026
22-11-2026 07:15
2026
1 3
1 2 3 4 5
3 1 2
12345
2 4 1 3 5
01 02 03 04 05
37,2%
11
1.500.000 đồng
134.000.000.000 đồng
134000000000 đồng
3.456.789.012.345 VND
100000000000
2.500.000.000
ngân sách 12 345 678 900 000 đồng
dân số 104.000.000 người
12h15
kỳ họp từ 20/10/2026 đến 15/12/2026
202611220715
kenh14.vn 215260227142403565
nhiệm kỳ 2021 - 2026 và 2026 - 2031
đường dây nóng 024 3845 6789
mật khẩu của tôi là gì nhỉ
OTP là mã dùng một lần
pin điện thoại còn 4000 mAh
nobody needs your OTP; report nuisance calls to 5656
gọi 113, 114, 115
gọi 5656 để báo cuộc gọi rác
số 0912345678 gọi báo trúng thưởng, có phải lừa đảo không?
số căn cước có mấy chữ số?
căn cước cấp ngày 01.01.2026 09:00 có còn dùng được không
người lạ gọi từ 0912345678 xưng công an, có phải lừa đảo
độ mật
đơn của cử tri có họ tên, số căn cước thì làm thế nào
có nên cho người lạ số tài khoản không
thẻ ngân hàng có bao nhiêu số
K1 K2 K3
Điều 4, khoản 2; Điều 27, khoản 2
AI tạo sinh là gì?
B
dung
tiep
/start
?
0
hoc AI
chatgpt co duoc dung de tom tat du thao luat khong?
Ghép dần từ ngữ, dựa trên dữ liệu đã học
""".strip().splitlines()


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in LEAKS.items() for text in texts]
)
def test_a_leak_is_stopped(kind: str, text: str) -> None:
    assert guard(text) == kind


@pytest.mark.parametrize("text", HARMLESS)
def test_a_question_passes(text: str) -> None:
    assert guard(text) is None


def forms(text: str) -> list[str]:
    """The same message as other keyboards and people write it."""
    bare = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    bare = bare.replace("đ", "d").replace("Đ", "D")
    return [unicodedata.normalize("NFD", text), bare, text.upper(), f"  {text}\n", f"\u200b{text}"]


@pytest.mark.parametrize("kind", LEAKS)
def test_leaks_are_stopped_in_every_spelling(kind: str) -> None:
    missed = [form for text in LEAKS[kind] for form in forms(text) if guard(form) != kind]
    assert missed == []


def test_questions_pass_in_every_spelling() -> None:
    stopped = [(form, guard(form)) for text in HARMLESS for form in forms(text) if guard(form)]
    assert stopped == []


def test_there_are_enough_of_both() -> None:
    assert sum(map(len, LEAKS.values())) >= 40
    assert len(HARMLESS) >= 60


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert guard(text) in {None, *LEAKS}


@given(st.text(alphabet="0123456789 .-/+()\n:?mậtOTPlà٣９", max_size=60))
def test_any_number_is_judged(text: str) -> None:
    assert guard(text) in {None, *LEAKS}


def test_a_very_long_text_is_judged_quickly() -> None:
    for piece in ("0 ", "482 913 ", "otp ", "mật khẩu ", "1.", "a\u0301\u0323", "(", "mk la ", "9"):
        assert guard((piece * 4_000)[:4_000]) in {None, *LEAKS}


def test_a_leak_in_a_course_answer_is_still_a_leak() -> None:
    assert guard("2026, và số của tôi là 0912345678") == "phone"
