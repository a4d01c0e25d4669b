internal import Edge

extension RateKey {
    /// The key of a token's subject for one class of routes.
    static func principal(_ limit: RateLimitClass, issuer: [UInt8], subject: [UInt8]) -> RateKey {
        principal(limit: limit.number, issuer: issuer, subject: subject)
    }

    /// The key of an address for all its requests.
    static func address(_ address: [UInt8]) -> RateKey {
        self.address(limit: RateLimitClass.address.number, address)
    }

    /// The key of an address for its failed authentications.
    static func failedAuthentication(_ address: [UInt8]) -> RateKey {
        self.address(limit: RateLimitClass.failedAuthentication.number, address)
    }
}

extension RateLimitClass {
    /// What keeps the keys of different limits apart.
    fileprivate var number: UInt8 {
        switch self {
        case .address: 1
        case .failedAuthentication: 2
        case .ask: 3
        case .tickets: 4
        case .read: 5
        case .knowledge: 6
        case .admin: 7
        }
    }
}
