import LinuxIO
import Testing

@Suite struct `The service manager's variables` {
    @Test func `name a path, an abstract name, or something that is not ours`() {
        #expect(ServiceNotifier.Address("/run/notify") == .path("/run/notify"))
        #expect(ServiceNotifier.Address("@notify") == .abstract("notify"))
        for text in ["", "@", "vsock:2:1234", "run/notify"] { #expect(ServiceNotifier.Address(text) == nil, "\(text)") }
    }

    @Test func `ask for a watchdog only where they are numbers and mean this process`() {
        func asked(_ microseconds: String?, _ process: String?) -> Duration? {
            ServiceNotifier.watchdog(microseconds: microseconds, process: process, ourProcess: 42)
        }
        #expect(asked("30000000", nil) == .seconds(30))
        #expect(asked("30000000", "42") == .seconds(30))
        #expect(asked("1", "42") == .microseconds(1))
        for (microseconds, process) in [
            ("30000000", "41"), ("30000000", "x"), ("0", "42"), ("-1", "42"), ("soon", "42"), (nil, "42"),
        ] as [(String?, String?)] {
            #expect(asked(microseconds, process) == nil, "\(microseconds ?? "-") \(process ?? "-")")
        }
    }

    @Test func `may name a socket of 107 bytes and none that is longer`() {
        func failure(_ count: Int, _ make: (String) -> ServiceNotifier.Address) -> Int32? {
            do throws(SocketError) {
                _ = try ServiceNotifier.connect(to: make(String(repeating: "/", count: count)))
                return nil
            } catch { return error.code }
        }
        let tooLong: Int32 = 36
        #expect(failure(107) { .path($0) } != tooLong)
        #expect(failure(108) { .path($0) } == tooLong)
        #expect(failure(107) { .abstract($0) } != tooLong)
        #expect(failure(108) { .abstract($0) } == tooLong)
    }
}
