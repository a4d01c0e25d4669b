internal import OpenSSL

/// How a customer is asked for proof. The raw value is its name in requests and answers.
public enum ProofMethod: String, Hashable, Sendable {
    /// The answer to a question.
    case question
    /// A one-time code (RFC 6238).
    case code

    /// What it proves.
    public var level: VerificationSession.Level {
        switch self {
        case .question: .knowledge
        case .code: .possession
        }
    }
}

extension CustomerDatabase {
    /// Whether `answer` is the customer's.
    ///
    /// It takes as long for one whom nobody knows, or who has no such proof, as for one who has.
    /// - Returns: nil where it is not; else the step of the one-time code, where it is one.
    func judge(
        _ answer: [UInt8], by method: ProofMethod, for customer: CustomerReference, now: Int64
    ) throws(AuthError) -> RightProof? {
        let proofs = try proofs(of: customer)
        switch method {
        case .question: return try judge(answer, proofs, customer) ? RightProof(usedStep: nil) : nil
        case .code: return try judgeCode(answer, proofs, customer, now).map { RightProof(usedStep: $0) }
        }
    }

    /// A proof that is right.
    struct RightProof {
        let usedStep: Int64?
    }

    private func judge(_ answer: [UInt8], _ proofs: Proofs?, _ customer: CustomerReference) throws(AuthError) -> Bool {
        guard let sealed = proofs?.answer else {
            let decoy = try SecretAnswer(
                salt: key.decoySalt(customer), digest: SecretBytes(copying: [UInt8](repeating: 0, count: 32)))
            _ = try decoy.isRight(answer)
            return false
        }
        guard let kept = key.open(sealed, .answer, of: customer), let parts = kept.halves(at: 16) else {
            throw damaged("an answer")
        }
        return try SecretAnswer(salt: parts.first, digest: SecretBytes(copying: parts.rest)).isRight(answer)
    }

    private func judgeCode(
        _ answer: [UInt8], _ proofs: Proofs?, _ customer: CustomerReference, _ now: Int64
    ) throws(AuthError) -> Int64? {
        let digits = answer.filter { $0 != UInt8(ascii: " ") }
        guard let sealed = proofs?.code else {
            let decoy = try OneTimeCode(secret: SecretBytes(copying: key.decoySalt(customer)))
            _ = decoy.step(of: digits, at: now, after: nil)
            return nil
        }
        guard let kept = key.open(sealed, .code, of: customer), let parts = kept.halves(at: 2),
            let hash = OneTimeCode.Hash.allCases.first(where: { $0.number == parts.first[0] })
        else { throw damaged("a device") }
        let code = try OneTimeCode(
            secret: SecretBytes(copying: parts.rest), hash: hash, digits: Int(parts.first[1]))
        return code.step(of: digits, at: now, after: proofs?.usedStep)
    }

    private func damaged(_ what: String) -> AuthError {
        .storage(
            file: path, found: "\(what) in it was not sealed under this key",
            mend: "import the customer again, and find out who wrote into the file")
    }
}

extension SecretBytes {
    /// The first `count` bytes and the rest; nil where there are none of either.
    fileprivate func halves(at count: Int) -> (first: [UInt8], rest: [UInt8])? {
        guard self.count > count else { return nil }
        return withSpan { bytes in
            var (first, rest): ([UInt8], [UInt8]) = ([], [])
            for index in bytes.indices {
                if index < count { first.append(bytes[index]) } else { rest.append(bytes[index]) }
            }
            return (first, rest)
        }
    }
}
