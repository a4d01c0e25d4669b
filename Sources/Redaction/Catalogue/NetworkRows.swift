extension Catalogue {
    /// Addresses of machines.
    static let network = [
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
            ])
    ]
}
