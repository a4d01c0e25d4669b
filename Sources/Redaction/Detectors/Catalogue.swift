/// The one table of what is found. To add a type, add a row: its recognisers stand in a file beside this one, its
/// examples and counter-examples are its tests, and policies, tokens, labels and masks follow from the row.
enum Catalogue {
    static let detectors = [
        Detector(
            name: "EMAIL_ADDRESS", auditLabel: "email_address", tokenStem: "EMAIL", masking: .placeholder,
            actionByDefault: .tokenise, recognisers: [.at(EmailAddress.recognise)],
            examples: [
                "write to ‹jane.doe+bank@mail.example.co.uk›.", "mailto:‹a@example.com›?subject=hi",
                "<‹a_b@example.org›>",
                "‹ZOË@EXÄMPLE.DE› and '‹o'brien@example.com›'", "to=‹x-y@example.xn--p1ai›,", "请联系‹help@example.com›",
            ],
            counterExamples: [
                "user@<domain>", "git@v1.2", "@Override", "a@b", "name@-example.com", "@example.com", "3 pens @ 2.50",
                "a.@example.com",
            ]),
        Detector(
            name: "PHONE_NUMBER", auditLabel: "phone_number", tokenStem: "PHONE", masking: .lastFour,
            actionByDefault: .tokenise, recognisers: [.digits(PhoneNumber.recognise)],
            examples: [
                "call ‹+92 300 1234567› now", "‹+44 (0)20 7946 0958›", "‹(+92) 300 7028047›", "‹0092 300 702 8047›",
                "WhatsApp ‹03001234567›", "mob ‹0300-1234567›", "‹(415) 555-0142›",
                "‹1-415-555-0142›, ‹415.555.0142 x12›",
                "‹01 99 00 02 18›", "‹020 7946 0958›", "Handy: ‹0171 2345678›", "‹94449 26844›", "phone ‹451 5986›",
                "\"phoneNumber\":\"‹9498777106›\"", "(‹0300 1234567›)", "‹+1\u{A0}415\u{A0}555\u{A0}0142 ext. 7›",
            ],
            counterExamples: [
                "on 2025-06-18 at 18:30:23", "01/06/2025", "order 03001234567", "call before 2025-06-18", "phone 12345",
                "1,024,010 payments", "ISBN 9787427140649", "event_time=1762901267071", "INV-2025-726644",
                "call me in 10-15 business days", "phone ***4515986", "phone 4515986***", "phone 4515986%",
                "[PHONE_1] 12345678",
                "<PHONE_NUMBER> 12345678", "rate 188.7341",
            ]),
        Detector(
            name: "PK_CNIC", auditLabel: "pk_cnic", tokenStem: "CNIC", masking: .lastFour, actionByDefault: .mask,
            recognisers: [.digits(PakistaniCNIC.recognise)],
            examples: [
                "‹35202-1234567-1›", "CNIC ‹3520212345671›", "shanakhti card number ‹35202 1234567 1›",
                "NICOP: ‹35202\u{2013}1234567\u{2013}1›", "nic ‹35202\u{A0}1234567\u{A0}1›", "cnic=‹35202.1234567.1›&",
                "cnic ‹3-5-2-0-2-1-2-3-4-5-6-7-1›",
            ],
            counterExamples: [
                "3520212345671", "05202-1234567-1", "35202-123456-1", "1762901267071", "135202-1234567-1",
                "35202-1234567-12", "order 35202 1234567 1",
            ]),
        Detector(
            name: "CREDIT_CARD", auditLabel: "credit_card", tokenStem: "CARD", masking: .lastFour,
            actionByDefault: .mask,
            recognisers: [.digits(PaymentCard.recognise)],
            examples: [
                "‹4111 1111 1111 1111›", "‹4111-1111-1111-1111› 12/27 123", "‹5555555555554444›", "‹3782 822463 10005›",
                "card ‹30569309025904›", "‹4111.1111.1111.1111›", "‹4111\u{A0}1111\u{A0}1111\u{A0}1111›",
                "‹4111 1111\n1111 1111›", "card ‹630427373398›", "pan=‹4222222222222›",
                "‹4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1›",
                "‹41\u{200B}11 1111 1111 1111›", "‹2223003122003222›", "card no. ‹9111111111111110›",
                "card-‹4111111111111111›",
            ],
            counterExamples: [
                "4111 1111 1111 1112", "order 1012450839213857", "9111111111111110", "4111-1111-1111-111",
                "4***********1111",
                "630427373398", "41111111111111111111111111111111", "64d813d2-4111-1111-1111-111111111111",
            ]),
        Detector(
            name: "IBAN_CODE", auditLabel: "iban_code", tokenStem: "IBAN", masking: .lastFour,
            actionByDefault: .tokenise,
            recognisers: [.countryAndDigits(IBAN.recognise)],
            examples: [
                "‹DE89370400440532013000›", "‹GB29 NWBK 6016 1331 9268 19› please", "‹pk36scbl0000001123456702›",
                "‹MT84 MALT 0110 0001 2345 MTLC AST0 01S›.", "iban:‹NO93-8601-1117-947›",
                "‹FR14\u{A0}2004\u{A0}1010\u{A0}0505\u{A0}0001\u{A0}3M02\u{A0}606›",
            ],
            counterExamples: [
                "DE88370400440532013000", "DE8937040044053201300", "XX89370400440532013000", "DE893704004405320130001",
                "TR00515450NC3FOTFQ9WS5OLR2",
            ]),
        Detector(
            name: "US_SSN", auditLabel: "us_ssn", tokenStem: "SSN", masking: .lastFour, actionByDefault: .mask,
            recognisers: [.digits(SocialSecurityNumber.recognise)],
            examples: [
                "SSN ‹536-90-4399›", "‹899-01-0001›", "ssn: ‹536904399› for", "social security number is ‹536 90 4399›",
                "‹536\u{2011}90\u{2011}4399›",
            ],
            counterExamples: [
                "000-12-3456", "666-12-3456", "900-12-3456", "936-90-4399", "536-00-4399", "536-90-0000", "536904399",
                "1536-90-4399",
                "536-90-43991",
            ]),
        Detector(
            name: "IP_ADDRESS", auditLabel: "ip_address", tokenStem: "IP", masking: .placeholder,
            actionByDefault: .tokenise, recognisers: [.digits(IPAddress.recogniseV4), .colon(IPAddress.recogniseV6)],
            examples: [
                "from ‹203.0.113.23›.", "client=‹10.31.107.139›:8080", "‹192.168.0.0›/16", "‹2001:db8:3a64::884e›",
                "‹fe80::3026:5ab6:b58a:4652›%eth0", "[‹::ffff:192.0.2.1›]:443",
                "‹2001:db8:f35e:ae09:c0bb:bb8:4a77:1023›, please", "host ‹::1›: up",
            ],
            counterExamples: [
                "version 6.18.25.190", "v6.18.25.190", "256.1.1.1", "1.2.3.4.5", "5.15.14.513", "01.2.3.4", "18:30:23",
                "std::cout", "Face::Bad", "00:1a:2b:3c:4d:5e", "::", "1:1000", "2001:db8:::1",
            ]),
        Detector(
            name: "JWT", auditLabel: "jwt", tokenStem: "JWT", masking: .placeholder, actionByDefault: .block,
            recognisers: [.prefixes(JSONWebToken.prefixes, JSONWebToken.recognise)],
            examples: [
                "Bearer ‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl›", "‹eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0›.",
                "\"‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0›\"", "‹eyJhbGciOiJSU0EifQ.a2V5a2V5.aXZpdg.dGV4dA.dGFn›",
            ],
            counterExamples: ["eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ.x", "keyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"]),
        Detector(
            name: "API_KEY", auditLabel: "api_key", tokenStem: "KEY", masking: .placeholder, actionByDefault: .block,
            recognisers: [
                .prefixes(APIKey.prefixes, APIKey.recognise), .longWord(APIKey.recogniseAnnounced),
            ],
            examples: [
                "token ‹ghp_JpH4K0ilnEI1UB8FbSqzyGHfsYVSQcQ3Ni3E› stopped",
                "api_key=‹sk_live_gw5CQkEUUFCQgxwswfvWLllO›",
                "‹AKIA2PMBBXF346LHA5RN›", "‹xoxb-171538325578-351999052983-0agS8tB0uGlXFugXk7SbG2pb›",
                "aws_secret_access_key=‹wJa1rX/tnFEM8/K7M/bPxRfi9CY/k3y›",
                "X-Api-Key: ‹27a0e11d60eb02b9c8228cb48db35c23›", "\"client_secret\": \"‹a8F2-k39dLq02mZx71PqWe55›\"",
                "OPENAI_API_KEY=‹sk-proj-MGMDDSWtK8d7Tvv6qkWpuOs1YZU3MGvYDQASaREa›",
            ],
            counterExamples: [
                "commit b596daf86ddacb7d2accc2fb674d8052eb9da8e4", "request_id 27a0e11d60eb02b9c8228cb48db35c23",
                "sk-learn", "api key: XXXXXXXXXXXXXXXX1", "api key: 27a0e11d60eb02b", "the token is lost",
                "AKIA2PMBBXF346LHA5RNX",
                "skip SKU-12345678",
            ]),
    ]

    /// The detectors' token stems as bytes, in the same order.
    static let tokenStems = detectors.map { Array("\($0.tokenStem)".utf8) }
}
