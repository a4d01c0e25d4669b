extension Catalogue {
    /// Addresses of machines.
    static let network = [
        Detector(
            name: "IP_ADDRESS", auditLabel: "ip_address", tokenStem: "IP", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "version_4", .digits(IPAddress.recogniseV4),
                    reason: "four numbers from 0 to 255 joined by full stops, and no word for a version before them"),
                Recognition(
                    "version_6", .colon(IPAddress.recogniseV6),
                    reason: "groups of hexadecimal digits joined by colons, as RFC 4291 writes them"),
            ],
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
            name: "MAC_ADDRESS", auditLabel: "mac_address", tokenStem: "MAC", masking: .placeholder,
            actionByDefault: .tokenise,
            recognisers: [
                Recognition(
                    "groups", .hexGroup(MACAddress.recognise),
                    reason: "six pairs or three fours of hexadecimal digits, joined alike"),
                Recognition(
                    "colons", .colon(MACAddress.recognise),
                    reason: "six pairs of hexadecimal digits joined by colons"),
            ],
            examples: [
                "MAC ‹00:1a:2b:3c:4d:5e›.", "device ‹00-1A-2B-3C-4D-5E› joined", "port ‹001a.2b3c.4d5e› is up",
                "‹AB:CD:EF:AB:CD:E1›", "ether ‹ae:bc:de:fa:bc:de›", "hw=‹01:23:45:67:89:01›,",
            ],
            counterExamples: [
                "00:1a:2b:3c:4d", "00:1a:2b:3c:4d:5e:6f:70", "01-23-45-67-89-01", "0123.4567.8901", "00:00:00:00:00:00",
                "00:1a:2b-3c:4d:5e", "18:30:23", "x00:1a:2b:3c:4d:5e",
            ]),
        Detector(
            name: "URL_CREDENTIALS", auditLabel: "url_credentials", tokenStem: "CREDENTIALS", masking: .placeholder,
            actionByDefault: .block,
            recognisers: [
                Recognition(
                    "authority", .authority(URLCredentials.recognise),
                    reason: "a user and a password before the host of an address")
            ],
            examples: [
                "postgres://‹ledger:tr0ub4dor›@db.example.net:5432/ledger", "see https://‹jane%40x:p@ss›@example.com",
                "\"redis://‹:s3cret›@cache.example.org/0\"", "ssh://‹root:toor9›@backup",
            ],
            counterExamples: [
                "https://example.com:8080/@home", "https://jane@example.com/", "http://example.com/a:b@c",
                "amqp://user:${PASSWORD}@mq", "amqp://user:****@mq", "https://user:@example.com",
            ]),
    ]
}
