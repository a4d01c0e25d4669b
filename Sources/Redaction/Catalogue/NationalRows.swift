extension Catalogue {
    /// Numbers that states give to people.
    static let national = [
        Detector(
            name: "PK_CNIC", auditLabel: "pk_cnic", tokenStem: "CNIC", masking: .lastFour, actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "thirteen_digits", .number(digits: [13], PakistaniCNIC.recognise), labels: [.nationalID],
                    reason: "13 digits of a Pakistani identity card, written 5-7-1 or behind a word for it")
            ],
            examples: [
                "national id ‹3842150382067›", "id card number ‹3395038003923›", "‹3186729181829› is my cnic",
                "‹35202-1234567-1›", "CNIC ‹3520212345671›", "shanakhti card number ‹35202 1234567 1›",
                "NICOP: ‹35202\u{2013}1234567\u{2013}1›", "nic ‹35202\u{A0}1234567\u{A0}1›", "cnic=‹35202.1234567.1›&",
                "cnic ‹3-5-2-0-2-1-2-3-4-5-6-7-1›",
            ],
            counterExamples: [
                "3186729181829 is my order",
                "3520212345671", "05202-1234567-1", "35202-123456-1", "1762901267071", "135202-1234567-1",
                "35202-1234567-12", "order 35202 1234567 1",
            ]),
        Detector(
            name: "US_SSN", auditLabel: "us_ssn", tokenStem: "SSN", masking: .lastFour, actionByDefault: .mask,
            recognisers: [
                Recognition(
                    "nine_digits", .number(digits: [9], SocialSecurityNumber.recognise), labels: [.socialSecurity],
                    reason: """
                        nine digits in ranges that the Social Security Administration issues, written 3-2-4 or \
                        behind a word for it
                        """)
            ],
            examples: [
                "ss# ‹334026758›", "‹164609905› is my social security number",
                "SSN ‹536-90-4399›", "‹899-01-0001›", "ssn: ‹536904399› for", "social security number is ‹536 90 4399›",
                "‹536\u{2011}90\u{2011}4399›",
            ],
            counterExamples: [
                "164609905 is my order number",
                "000-12-3456", "666-12-3456", "900-12-3456", "936-90-4399", "536-00-4399", "536-90-0000", "536904399",
                "1536-90-4399",
                "536-90-43991",
            ]),
    ]
}
