"""Letters as offices write them: other wordings, orders of parts, line breaks, Party letters, drafts, tables, corrections.

Each expectation was taken from the letter by a person. What a letter does not say is empty there.
"""

from datetime import date
from hashlib import sha256

import pytest

from directives.documents import letter_text
from directives.rules.reading import read
from directives.rules.reading_text import clean
from tests.directives.rules.found import Letter, found, pieces
from tests.factories import letters

LETTERS = {
    "dan-tu-thu-dien-tu": Letter(
        reference="402/VP-TTHCC",
        place="Kon Tum",
        day=date(2022, 11, 17),
        superior="Ủy ban nhân dân tỉnh Kon Tum",
        issuer="Văn phòng Ủy ban nhân dân tỉnh Kon Tum",
        subject="nhắc báo cáo giải trình",
        addressees=["Sở Tài nguyên và Môi trường"],
        cited=[("3812/UBND-TTHCC", date(2022, 11, 10), "Chủ tịch Ủy ban nhân dân tỉnh")],
        orders=[("", "Giám đốc Sở Tài nguyên và Môi trường", "", [date(2022, 11, 21)], [])],
        figures=[("Sở Tài nguyên và Môi trường", "new", date(2022, 9, 9), 61)],
        notes=[],
        recipients=["Như trên", "Lưu: VT"],
        signer=("Nguyễn Văn Bình", "Chánh Văn phòng", []),
    ),
    "doi-voi-tung-don-vi": Letter(
        reference="4012/UBND-KSTTHC",
        place="Kon Tum",
        day=date(2022, 11, 28),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="tiếp tục khắc phục tình trạng hồ sơ quá hạn",
        addressees=["Các Sở, ban, ngành", "UBND các huyện, thành phố"],
        cited=[("3812/UBND-TTHCC", date(2022, 11, 10), ""), ("3850/UBND-TTHCC", date(2022, 11, 14), "")],
        orders=[
            (
                "1.a",
                "UBND thành phố Kon Tum và UBND huyện Đăk Tô",
                "",
                [date(2022, 12, 15), "trước 31/12"],
                [("settled", "old", None), ("settled", "new", None)],
            ),
            ("1.b", "UBND thành phố Kon Tum và UBND huyện Đăk Tô", "", ["Mỗi tuần", "trong tháng 12"], []),
            ("2", "Sở Thông tin và Truyền thông", "Viễn thông Kon Tum", [date(2022, 12, 20)], []),
            ("3", "Chủ tịch UBND các huyện, thành phố", "", [], []),
            ("4", "các đơn vị, địa phương", "", [date(2023, 1, 5)], []),
        ],
        figures=[],
        notes=[],
        recipients=["Như trên", "Lưu: VT, KSTTHC"],
        signer=("Nguyễn Hữu Tháp", "PHÓ CHỦ TỊCH", ["KT.CHỦ TỊCH"]),
    ),
    "don-vi-trong-ngoac": Letter(
        reference="3950/UBND-TTHCC",
        place="",
        day=date(2022, 11, 21),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="hồ sơ quá hạn tại một số đơn vị",
        addressees=["UBND thành phố Kon Tum", "UBND huyện Đăk Tô"],
        cited=[],
        orders=[("", "UBND thành phố Kon Tum, UBND huyện Đăk Tô", "", [], [])],
        figures=[
            ("UBND thành phố Kon Tum", "old", date(2022, 11, 18), 821),
            ("UBND huyện Đăk Tô", "old", date(2022, 11, 18), 318),
            ("toàn tỉnh", "new", date(2022, 11, 18), 1204),
            ("UBND huyện Đăk Tô", "old", date(2022, 11, 18), 318),
            ("UBND huyện Đăk Tô", "new", date(2022, 11, 18), 260),
        ],
        notes=[],
        recipients=["Như trên", "Lưu: VT"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "cap-huyen": Letter(
        reference="1422/UBND-VP",
        place="Đăk Tô",
        day=date(2022, 11, 14),
        superior="",
        issuer="Ủy ban nhân dân huyện Đăk Tô",
        subject="giải quyết hồ sơ quá hạn trên địa bàn huyện",
        addressees=["Các phòng chuyên môn thuộc UBND huyện", "UBND các xã, thị trấn"],
        cited=[("3812/UBND-TTHCC", date(2022, 11, 10), "Ủy ban nhân dân tỉnh")],
        orders=[
            ("1", "UBND thị trấn Đăk Tô, UBND xã Diên Bình", "", [], [("settled", "", None)]),
            ("2", "Chi nhánh Văn phòng Đăng ký đất đai huyện Đăk Tô", "UBND các xã, thị trấn", [(15, "day", "")], []),
        ],
        figures=[("thị trấn Đăk Tô", "", None, 14), ("xã Diên Bình", "new", None, 9)],
        notes=[],
        recipients=["Như trên", "TT Huyện ủy (b/c)", "Lưu: VT"],
        signer=("A Hơn", "PHÓ CHỦ TỊCH", ["KT. CHỦ TỊCH"]),
    ),
    "chu-thich-ngoac": Letter(
        reference="3702/UBND-NC",
        place="Kon Tum",
        day=date(2022, 11, 4),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="chấn chỉnh kỷ luật, kỷ cương",
        addressees=["Sở Nội vụ", "Thanh tra tỉnh"],
        cited=[("08/CT-UBND", date(2022, 6, 20), "Chủ tịch Ủy ban nhân dân tỉnh")],
        orders=[("1", "Sở Nội vụ", "", [date(2022, 11, 30)], []), ("2", "Thanh tra tỉnh", "Sở Nội vụ", [], [])],
        figures=[("UBND huyện Kon Plông", "new", date(2022, 11, 3), 21)],
        notes=[("(1)", True), ("(*)", True)],
        recipients=["Như trên", "Lưu: VT, NC"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "cong-dien": Letter(
        reference="05/CĐ-UBND",
        place="Kon Tum",
        day=date(2022, 11, 25),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="tập trung giải quyết hồ sơ quá hạn trước cuối năm",
        addressees=["Giám đốc các sở, ban, ngành", "Chủ tịch UBND các huyện, thành phố"],
        cited=[],
        orders=[
            ("1", "Chủ tịch UBND các huyện, thành phố", "", [date(2022, 12, 15)], []),
            ("2", "Sở Thông tin và Truyền thông", "", [], []),
        ],
        figures=[("toàn tỉnh", "", date(2022, 11, 21), 4210)],
        notes=[],
        recipients=["Như trên", "Lưu: VT, TTHCC"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "danh-sach-so-lieu": Letter(
        reference="3640/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 10, 31),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="tình hình giải quyết hồ sơ quá hạn",
        addressees=["Ủy ban nhân dân các huyện, thành phố"],
        cited=[],
        orders=[("", "UBND các huyện, thành phố", "", [date(2022, 11, 15)], [])],
        figures=[
            ("UBND thành phố Kon Tum", "old", date(2022, 10, 28), 880),
            ("UBND thành phố Kon Tum", "new", date(2022, 10, 28), 451),
            ("UBND huyện Ngọc Hồi", "old", date(2022, 10, 28), 64),
            ("UBND huyện Ngọc Hồi", "new", date(2022, 10, 28), 38),
            ("UBND huyện Đăk Hà", "old", date(2022, 10, 28), 51),
            ("UBND huyện Kon Rẫy", "old", date(2022, 10, 28), 17),
            ("UBND huyện Đăk Hà", "new", date(2022, 10, 28), 44),
            ("UBND huyện Kon Rẫy", "new", date(2022, 10, 28), 9),
            ("xã Đăk Long, huyện Đăk Hà", "new", date(2022, 10, 28), 5),
        ],
        notes=[],
        recipients=["Như trên", "Lưu: VT, TTHCC"],
        signer=("Nguyễn Hữu Tháp", "PHÓ CHỦ TỊCH", ["KT. CHỦ TỊCH"]),
    ),
    "dinh-chinh": Letter(
        reference="3850/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 11, 14),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="đính chính số liệu tại Công văn số 3812/UBND-TTHCC",
        addressees=["Các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh", "Ủy ban nhân dân các huyện, thành phố"],
        cited=[("3812/UBND-TTHCC", date(2022, 11, 10), "Ủy ban nhân dân tỉnh"), ("3573-CV/VPTU", None, "")],
        orders=[],
        figures=[("UBND huyện Đăk Tô", "old", date(2022, 11, 7), 313)],
        notes=[],
        recipients=["Như trên", "Lưu: VT, TTHCC"],
        signer=("Trần Văn Minh", "CHÁNH VĂN PHÒNG", ["TUQ. CHỦ TỊCH"]),
    ),
    "du-thao": Letter(
        reference="",
        place="Kon Tum",
        day=None,
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="giải quyết hồ sơ quá hạn",
        addressees=["Ủy ban nhân dân các huyện, thành phố"],
        cited=[],
        orders=[("", "Ủy ban nhân dân các huyện, thành phố", "", [], [("settled", "", None)])],
        figures=[],
        notes=[],
        recipients=["Như trên", "Lưu: VT"],
        signer=("", "", []),
    ),
    "giam-phan-tram": Letter(
        reference="3305/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 10, 3),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="giao chỉ tiêu giảm hồ sơ quá hạn",
        addressees=["Ủy ban nhân dân các huyện, thành phố"],
        cited=[("766/QĐ-TTg", date(2022, 6, 23), "Thủ tướng Chính phủ")],
        orders=[
            ("1", "Chủ tịch Ủy ban nhân dân các huyện, thành phố", "", [date(2022, 10, 31)], [("reduced", "new", 50)]),
            (
                "2",
                "Chủ tịch Ủy ban nhân dân các huyện, thành phố",
                "",
                [date(2022, 11, 30)],
                [("settled", "", None), ("cleared", "", None)],
            ),
            ("3", "Chủ tịch Ủy ban nhân dân các huyện, thành phố", "", [], []),
        ],
        figures=[],
        notes=[],
        recipients=["Như trên", "Chủ tịch, các Phó Chủ tịch UBND tỉnh (để c/đạo)", "Lưu: VT, TTHCC"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "hai-cot": Letter(
        reference="3566/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 10, 24),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="giải quyết dứt điểm tình trạng xử lý hồ sơ quá hạn trên Hệ thống thông tin giải quyết TTHC của tỉnh",
        addressees=["Ủy ban nhân dân các huyện, thành phố"],
        cited=[("2624/UBND-TTHCC", date(2022, 8, 12), "Ủy ban nhân dân tỉnh")],
        orders=[
            (
                "1",
                "Chủ tịch Ủy ban nhân dân các huyện, thành phố",
                "",
                [date(2022, 10, 31), date(2022, 11, 15)],
                [("settled", "old", None), ("settled", "new", None)],
            ),
            ("2", "Sở Lao động - Thương binh và Xã hội, Sở Tư pháp", "", [], []),
        ],
        figures=[],
        notes=[],
        recipients=["Như trên", "Chủ tịch, các PCT UBND tỉnh", "Lưu: VT, TTHCC"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "hai-so-lieu-mot-cau": Letter(
        reference="2987/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 9, 12),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="đôn đốc giải quyết hồ sơ quá hạn",
        addressees=["Ủy ban nhân dân thành phố Kon Tum", "Ủy ban nhân dân huyện Sa Thầy", "Sở Tài nguyên và Môi trường"],
        cited=[],
        orders=[
            ("", "Thủ trưởng các đơn vị nêu trên", "", [date(2022, 9, 30)], [("settled", "old", None), ("cleared", "new", None)])
        ],
        figures=[
            ("UBND thành phố Kon Tum", "old", date(2022, 9, 9), 905),
            ("UBND thành phố Kon Tum", "new", date(2022, 9, 9), 402),
            ("Sở Tài nguyên và Môi trường", "new", date(2022, 9, 9), 61),
            ("huyện Sa Thầy", "", date(2022, 9, 9), 1012),
            ("huyện Sa Thầy", "old", date(2022, 9, 9), 790),
            ("huyện Sa Thầy", "new", date(2022, 9, 9), 222),
        ],
        notes=[],
        recipients=["Như trên", "Chủ tịch, các PCT UBND tỉnh", "Lưu: VT, TTHCC"],
        signer=("Y Ngọc", "PHÓ CHỦ TỊCH", ["KT. CHỦ TỊCH"]),
    ),
    "khong-danh-so": Letter(
        reference="87/TTPVHCC",
        place="Kon Tum",
        day=date(2022, 11, 2),
        superior="UBND tỉnh Kon Tum",
        issuer="Trung tâm Phục vụ hành chính công",
        subject="phối hợp xử lý hồ sơ chậm trễ",
        addressees=["Sở Xây dựng"],
        cited=[],
        orders=[("", "Sở Xây dựng", "", [date(2022, 11, 10)], [])],
        figures=[("Sở Xây dựng", "old", date(2022, 10, 31), 17), ("Sở Xây dựng", "new", date(2022, 10, 31), 6)],
        notes=[],
        recipients=["Như trên", "VP UBND tỉnh (b/c)", "Lưu: VT, HC"],
        signer=("Đinh Quang Huy", "PHÓ GIÁM ĐỐC", ["KT. GIÁM ĐỐC"]),
    ),
    "khong-trich-yeu": Letter(
        reference="215/VP-TTHCC",
        place="Kon Tum",
        day=date(2022, 9, 5),
        superior="UBND tỉnh Kon Tum",
        issuer="Văn phòng UBND tỉnh Kon Tum",
        subject="",
        addressees=["Uỷ ban nhân dân huyện Đăk Tô"],
        cited=[],
        orders=[("", "Uỷ ban nhân dân huyện Đăk Tô", "", [(10, "working_day", "signed")], [("settled", "", None)])],
        figures=[("Uỷ ban nhân dân huyện Đăk Tô", "", date(2022, 8, 31), 298)],
        notes=[],
        recipients=["Như trên", "Lưu: VT"],
        signer=("Nguyễn Thị Hạnh", "PHÓ CHÁNH VĂN PHÒNG", ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"]),
    ),
    "liet-ke-don-vi": Letter(
        reference="1877/SNV-CCHC",
        place="Kon Tum",
        day=date(2022, 11, 15),
        superior="UBND tỉnh Kon Tum",
        issuer="Sở Nội vụ",
        subject="báo cáo giải trình hồ sơ trễ hạn",
        addressees=[
            "UBND các huyện: Đăk Tô, Đăk Hà, Sa Thầy",
            "UBND thành phố Kon Tum",
            "Các Sở: Tài nguyên và Môi trường, Văn hóa, Thể thao và Du lịch",
        ],
        cited=[("3812/UBND-TTHCC", date(2022, 11, 10), "UBND tỉnh")],
        orders=[
            ("-1", "các đơn vị", "", [date(2022, 11, 22)], []),
            ("-2", "Thủ trưởng đơn vị có hồ sơ quá hạn nhiều lần", "", [], []),
        ],
        figures=[],
        notes=[],
        recipients=["Như trên", "UBND tỉnh (b/c)", "Lưu: VT, CCHC"],
        signer=("Nguyễn Ngọc Ánh", "GIÁM ĐỐC", []),
    ),
    "ngay-khong-co": Letter(
        reference="3900a/UBND-TTHCC",
        place="Kon Tum",
        day=None,
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="nhắc nhở",
        addressees=["UBND huyện Ia H'Drai"],
        cited=[],
        orders=[("", "UBND huyện Ia H'Drai", "", [], [])],
        figures=[],
        notes=[],
        recipients=["Như trên"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "nhieu-cap": Letter(
        reference="2650/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 8, 16),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="tăng cường kiểm soát thủ tục hành chính",
        addressees=[
            "Văn phòng Ủy ban nhân dân tỉnh",
            "Các sở, ban ngành thuộc tỉnh",
            "Ủy ban nhân dân các huyện, thành phố",
            "Ủy ban nhân dân các xã, phường, thị trấn",
        ],
        cited=[],
        orders=[
            ("I.1.a", "Các sở, ban ngành, Ủy ban nhân dân các huyện, thành phố", "", [], []),
            ("I.1.b", "Các sở, ban ngành, Ủy ban nhân dân các huyện, thành phố", "", [], []),
            ("I.2", "Ủy ban nhân dân các xã, phường, thị trấn", "", [], []),
            ("II.1-1", "Văn phòng Ủy ban nhân dân tỉnh", "", [], []),
            ("II.1-2", "Văn phòng Ủy ban nhân dân tỉnh", "", ["trước ngày 15 hằng tháng"], []),
            ("II.2", "Thanh tra tỉnh", "Sở Nội vụ, Văn phòng Ủy ban nhân dân tỉnh", [], []),
        ],
        figures=[],
        notes=[],
        recipients=["Như trên", "Lưu: VT, TTHCC"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "nhieu-thoi-han": Letter(
        reference="2701/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 8, 19),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="khắc phục tồn tại trong giải quyết thủ tục hành chính",
        addressees=["Thủ trưởng các sở, ban, ngành", "Chủ tịch UBND các huyện, thành phố"],
        cited=[
            ("61/2018/NĐ-CP", date(2018, 4, 23), "Chính phủ"),
            ("2624/UBND-TTHCC", date(2022, 8, 12), ""),
            ("2650/UBND-TTHCC", date(2022, 8, 16), "Ủy ban nhân dân tỉnh"),
        ],
        orders=[
            ("1", "UBND thành phố Kon Tum", "", [date(2022, 9, 30)], [("settled", "old", None)]),
            (
                "2",
                "Sở Tài nguyên và Môi trường",
                "Sở Thông tin và Truyền thông và UBND các huyện, thành phố",
                [date(2022, 9, 30)],
                [],
            ),
            ("3.a", "Các sở, ban, ngành", "", [(5, "day", "received")], []),
            ("3.b", "Các sở, ban, ngành", "", ["Định kỳ trước ngày 25 hằng tháng"], []),
            ("3.c", "Các sở, ban, ngành", "", [date(2022, 12, 31)], [("cleared", "", None)]),
            ("4", "Văn phòng UBND tỉnh", "", [], []),
        ],
        figures=[],
        notes=[],
        recipients=["Như trên", "TT HĐND tỉnh (b/c)", "Lưu: VT, TTHCC"],
        signer=("A Pớt", "PHÓ CHỦ TỊCH THƯỜNG TRỰC", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]),
    ),
    "pdf-xen-dong": Letter(
        reference="3688/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 11, 3),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="báo cáo kết quả giải quyết hồ sơ quá hạn",
        addressees=["Ủy ban nhân dân huyện Tu Mơ Rông"],
        cited=[("3566/UBND-TTHCC", date(2022, 10, 24), "Ủy ban nhân dân tỉnh")],
        orders=[("", "Ủy ban nhân dân huyện Tu Mơ Rông", "", [date(2022, 11, 7)], [])],
        figures=[],
        notes=[],
        recipients=["Như trên", "Lưu: VT, TTHCC"],
        signer=("Y Ngọc", "PHÓ CHỦ TỊCH", ["KT. CHỦ TỊCH"]),
    ),
    "phu-luc-bang": Letter(
        reference="3101/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 9, 20),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="công khai số hồ sơ quá hạn",
        addressees=["Các sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố"],
        cited=[],
        orders=[
            ("", "các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố", "", [date(2022, 10, 31)], [("reduced", "", 50)])
        ],
        figures=[
            ("UBND thành phố Kon Tum", "old", date(2022, 9, 19), 890),
            ("UBND thành phố Kon Tum", "new", date(2022, 9, 19), 410),
            ("UBND huyện Đăk Tô", "old", date(2022, 9, 19), 340),
            ("UBND huyện Đăk Tô", "new", date(2022, 9, 19), 255),
            ("Sở Văn hóa, Thể thao và Du lịch", "old", date(2022, 9, 19), 0),
            ("Sở Văn hóa, Thể thao và Du lịch", "new", date(2022, 9, 19), 3),
            ("Chi nhánh Văn phòng Đăng ký đất đai huyện Đăk Hà", "old", date(2022, 9, 19), 12),
            ("Chi nhánh Văn phòng Đăng ký đất đai huyện Đăk Hà", "new", date(2022, 9, 19), 7),
        ],
        notes=[],
        recipients=["Như trên", "Lưu: VT, TTHCC"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN"]),
    ),
    "so-sanh-hai-moc": Letter(
        reference="3870/UBND-TTHCC",
        place="Kon Tum",
        day=date(2022, 11, 9),
        superior="",
        issuer="Ủy ban nhân dân tỉnh Kon Tum",
        subject="kết quả sau Công văn số 3566/UBND-TTHCC",
        addressees=["Ủy ban nhân dân thành phố Kon Tum", "Chi nhánh Văn phòng Đăng ký đất đai thành phố Kon Tum"],
        cited=[("3566/UBND-TTHCC", date(2022, 10, 24), "")],
        orders=[
            ("", "UBND thành phố Kon Tum, Chi nhánh Văn phòng Đăng ký đất đai thành phố Kon Tum", "", [date(2022, 12, 1)], [])
        ],
        figures=[
            ("UBND thành phố Kon Tum", "", date(2022, 10, 24), 900),
            ("UBND thành phố Kon Tum", "old", date(2022, 11, 7), 857),
        ],
        notes=[],
        recipients=["Như trên", "Lưu: VT, TTHCC"],
        signer=("Lê Ngọc Tuấn", "CHỦ TỊCH", []),
    ),
    "thong-bao-tinh-uy": Letter(
        reference="45-TB/TU",
        place="Kon Tum",
        day=date(2022, 11, 28),
        superior="Đảng bộ tỉnh Kon Tum",
        issuer="Tỉnh ủy",
        subject="kết luận của Thường trực Tỉnh ủy về giải quyết hồ sơ quá hạn",
        addressees=[],
        cited=[],
        orders=[
            ("1", "Ban Cán sự đảng Ủy ban nhân dân tỉnh", "", [date(2023, 3, 31)], [("cleared", "", None)]),
            ("2", "Ban Tổ chức Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy", [], []),
        ],
        figures=[],
        notes=[],
        recipients=["Ban Cán sự đảng UBND tỉnh", "Lưu VPTU"],
        signer=("Nguyễn Văn Hùng", "PHÓ BÍ THƯ", ["T/M BAN THƯỜNG VỤ"]),
    ),
    "van-phong-tinh-uy": Letter(
        reference="3573-CV/VPTU",
        place="Kon Tum",
        day=date(2022, 11, 1),
        superior="Tỉnh ủy Kon Tum",
        issuer="Văn phòng Tỉnh ủy Kon Tum",
        subject="chấn chỉnh tình trạng giải quyết hồ sơ quá hạn",
        addressees=["Ban Cán sự đảng Ủy ban nhân dân tỉnh"],
        cited=[("112-BC/BTCTU", date(2022, 10, 28), "Ban Tổ chức Tỉnh ủy")],
        orders=[
            ("1", "Ban Cán sự đảng Ủy ban nhân dân tỉnh", "", [date(2022, 11, 30)], []),
            ("2", "Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", [], []),
        ],
        figures=[],
        notes=[],
        recipients=["Như trên", "Thường trực Tỉnh ủy (báo cáo)", "Các ban xây dựng Đảng Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy"],
        signer=("Phạm Văn Thành", "CHÁNH VĂN PHÒNG", ["T/L BAN THƯỜNG VỤ"]),
    ),
}


def test_every_letter_of_the_folder_is_expected() -> None:
    assert sorted(LETTERS) == letters.NAMES


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("part", Letter._fields)
def test_what_a_letter_says_is_found_and_nothing_else(name: str, part: str) -> None:
    assert getattr(found(read(letters.letter(name))), part) == getattr(LETTERS[name], part)


@pytest.mark.parametrize("name", LETTERS)
def test_decomposed_and_with_hard_spaces_it_reads_the_same(name: str) -> None:
    assert found(read(letters.decomposed(letters.letter(name)))) == LETTERS[name]
    assert found(read(letters.hard(letters.letter(name)))) == LETTERS[name]


@pytest.mark.parametrize("name", LETTERS)
def test_pieces_stand_where_they_say_and_reading_the_clean_text_finds_the_same(name: str) -> None:
    source = letters.letter(name)
    for piece in pieces(read(source)):
        assert source[piece.start : piece.end].strip() == source[piece.start : piece.end] != ""
    assert found(read(clean(source))) == LETTERS[name]


def test_a_corrected_figure_names_the_one_it_replaces() -> None:
    (figure,) = read(letters.letter("dinh-chinh")).figures
    assert (figure.value, figure.corrects) == (313, 331)
    assert figure.sentence == "UBND huyện Đăk Tô trên hệ thống cũ là 331 hồ sơ, nay đính chính thành 313 hồ sơ"


def test_a_day_the_calendar_does_not_have_is_told_as_words_without_a_day() -> None:
    issued = read(letters.letter("ngay-khong-co")).issued
    assert issued is not None
    assert (issued.words.text, issued.day) == ("31 tháng 11 năm 2022", None)


def test_a_table_of_a_pdf_has_no_bars_and_reads_the_same() -> None:
    """Names and headings wrap inside its cells."""
    assert found(read(letter_text(letters.pdf("phu-luc-bang")))) == LETTERS["phu-luc-bang"]


def test_the_letters_are_all_different() -> None:
    assert len({sha256(letters.letter(name).encode()).digest() for name in LETTERS}) == len(LETTERS) >= 15
