internal import Audit
internal import Auth
internal import LinuxIO
internal import OpenSSL
internal import Threading

/// The bank's customers by hand: what `portcullis customers` does.
public struct CustomerCommands: Sendable {
    private let keyFile: String, database: String

    /// Works on the database that is kept under the key in a file.
    public init(keyFile: String, database: String) {
        self.keyFile = keyFile
        self.database = database
    }

    /// Makes key and database where they are not there yet.
    /// - Returns: the files made.
    public func initialise() throws(CommandFailure) -> [String] {
        var made: [String] = []
        if !SmallFile.exists(keyFile) {
            guard !SmallFile.exists(database) else {
                throw CommandFailure(
                    .noInput, keyFile, "it is not there, and \(database) is kept under it",
                    mend: "put the key back: nothing in the database can be read without it")
            }
            try makeDirectory(for: keyFile)
            try makeKey()
            made.append(keyFile)
        }
        if !SmallFile.exists(database) { made.append(database) }
        try makeDirectory(for: database)
        _ = try open(makes: true)
        return made
    }

    /// Takes in the customers of a CSV file, in place of those of the same account and name, all or none.
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - progress: customers done, of how many.
    /// - Returns: how many.
    public func take(_ path: String, progress: (Int, Int) -> Void) throws(CommandFailure) -> Int {
        try take(
            try readInput(path, bytesMax: CustomerFile.bytesMax), named: path, isDevelopment: false, progress: progress)
    }

    /// Takes in the customers of a bank that does not exist.
    /// - Parameter ifEmpty: whether to do nothing where there are customers.
    /// - Returns: how many.
    public func seed(ifEmpty: Bool, progress: (Int, Int) -> Void) throws(CommandFailure) -> Int {
        if ifEmpty, try counts().customers > 0 { return 0 }
        return try take(
            Array(DevelopmentCustomers.file.utf8), named: "the customers for development", isDevelopment: true,
            progress: progress)
    }

    /// Removes the holders of an account, or with nil those for development.
    /// - Returns: how many there were.
    public func remove(account: String?) throws(CommandFailure) -> Int {
        try work { register throws(AuthError) in
            guard let account else { return try register.removeDevelopment() }
            return try register.remove(account: Array(account.utf8))
        }
    }

    /// Lets the holders of an account be guessed for again.
    /// - Returns: for how many there were guesses.
    public func unlock(account: String) throws(CommandFailure) -> Int {
        try work { register throws(AuthError) in try register.unlock(account: Array(account.utf8)) }
    }

    /// Lets a caller guess again.
    /// - Returns: whether there were guesses of it.
    public func unlock(issuer: String, subject: String) throws(CommandFailure) -> Bool {
        try work { register throws(AuthError) in
            try register.unlock(issuer: Array(issuer.utf8), subject: Array(subject.utf8))
        }
    }

    /// What is in the database, a line each.
    public func show() throws(CommandFailure) -> [String] {
        let counts = try counts()
        return [
            "\(counts.customers)  customers", "\(counts.withQuestion)  with a question",
            "\(counts.withDevice)  with a device for one-time codes",
            "\(counts.development)  for development alone", "\(counts.questions)  questions in the catalogue",
            "\(counts.locked)  customers and callers locked now",
        ]
    }

    private func counts() throws(CommandFailure) -> CustomerCounts {
        try work { register throws(AuthError) in try register.counts(now: WallClock.seconds) }
    }

    /// What records call a customer.
    public func reference(account: String, name: String) throws(CommandFailure) -> String {
        guard let claim = CustomerClaim(account: Array(account.utf8), name: Array(name.utf8)) else {
            throw CommandFailure(
                .usage, "--account, --name", "one has neither letter nor digit, or too many bytes",
                mend: "wanted at most \(CustomerClaim.accountBytesMax) and \(CustomerClaim.nameBytesMax) bytes")
        }
        do throws(AuthError) {
            return String(decoding: try CustomerKey.read(keyFile).reference(of: claim).text, as: UTF8.self)
        } catch {
            throw CommandFailure(error, subject: keyFile)
        }
    }

    private func take(
        _ csv: [UInt8], named name: String, isDevelopment: Bool, progress: (Int, Int) -> Void
    ) throws(CommandFailure) -> Int {
        let file = CustomerFile(csv)
        guard file.faults.isEmpty else {
            throw CommandFailure(
                .data, name, file.faults.joined(separator: "\n  "),
                mend: "nothing was changed: mend these and do it again")
        }
        let drafts = file.drafts
        try work { register throws(AuthError) in
            try register.add(drafts, isDevelopment: isDevelopment) { progress($0, drafts.count) }
        }
        return drafts.count
    }

    private func work<Value>(
        _ body: (CustomerRegister) throws(AuthError) -> Value
    ) throws(CommandFailure) -> Value {
        let register = try open(makes: false)
        do throws(AuthError) { return try body(register) } catch { throw CommandFailure(error, subject: database) }
    }

    private func open(makes: Bool) throws(CommandFailure) -> CustomerRegister {
        do throws(AuthError) {
            return try CustomerRegister(
                path: database, key: try CustomerKey.read(keyFile), makes: makes,
                operator: String(decoding: ProcessUser.current.name, as: UTF8.self))
        } catch {
            throw CommandFailure(error, subject: error.isAboutKey ? keyFile : database)
        }
    }

    private func makeKey() throws(CommandFailure) {
        let secret: SecretBytes
        do throws(OpenSSLError) { secret = try SecretBytes.random(count: 32) } catch {
            throw CommandFailure(.software, keyFile, error.description)
        }
        let text = secret.withSpan { bytes in
            var copy: [UInt8] = []
            for index in bytes.indices { copy.append(bytes[index]) }
            return SecretBytes(copying: Array(Base64.encode(copy).utf8) + [0x0A])
        }
        do throws(KeyFileError) {
            try text.withSpan { (text: Span<UInt8>) throws(KeyFileError) in try KeyFile.create(keyFile, text) }
        } catch {
            throw CommandFailure(writing: error)
        }
    }
}

extension AuthError {
    fileprivate var isAboutKey: Bool {
        if case .key = self { true } else { false }
    }
}
