internal import Gateway

enum ServeCommand: Command {
    private static let configuration = Option(
        "config", "FILE", "the gateway's settings", fallback: "policies/gateway.json5")
    private static let state = Option(
        "state", "DIR", "the folder with certs/ and var/, where relative paths begin", fallback: ".")
    private static let port = Option("port", "N", "listen here and not where the settings say; 0 takes a free port")
    private static let metricsPort = Option(
        "metrics-port", "N", "serve metrics here and not where the settings say; 0 takes a free port")

    private static let sandbox = Option(
        "sandbox", "on|off", "confine the process or not, whatever the settings say; off is for debugging")

    private static let dev = Option(
        flag: "dev", "for development: POST /dev/token issues any token; listens on loopback alone")

    static let syntax = CommandSyntax(
        "serve", "run the gateway",
        discussion: """
            Checks certificates, keys, policies and the audit log, then serves until it is told to stop. When it is ready it
            prints a line `ready URL metrics URL` and a curl command that asks a first question. SIGTERM and SIGINT stop it:
            requests in flight finish, then the log is closed. A second one cuts the connections and closes the log at once.
            Where a service manager listens (NOTIFY_SOCKET), it is told when the gateway is ready and when it stops, and its
            watchdog is answered as long as every event loop and the log's writer turn.
            """,
        options: [configuration, state, port, metricsPort, sandbox, dev],
        examples: [
            "portcullis serve", "portcullis serve --state /srv/gateway --port 9443",
            "portcullis serve --config /etc/portcullis/gateway.json5 --state /var/lib/portcullis",
        ],
        statuses: [
            (0, "it was told to stop and did so cleanly"), (65, "the audit log does not verify; nothing was changed"),
            (66, "the settings or a policy cannot be read"),
            (69, "the port is in use, or the kernel cannot confine the process: see --sandbox"),
            (70, "OpenSSL refuses what it must do, or an event loop failed: see the message"),
            (74, "the audit log or a database cannot be read or written (any more)"),
            (75, "another process holds the audit log or a database, or no descriptor or thread is left"),
            (77, "the process may not become process.user"), (78, "settings, certificates, keys or policies are wrong"),
            (130, "a second signal cut the stop short; the log is closed, or will be recovered by the next start"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        try GatewayServer.run(
            GatewayServer.Options(
                configurationFile: try arguments.text(configuration), stateFolder: try arguments.text(state),
                port: try arguments.optionalInteger(port, in: 0...65_535),
                metricsPort: try arguments.optionalInteger(metricsPort, in: 0...65_535),
                isSandboxed: try isSandboxed(arguments), isDevelopment: arguments.has(dev)))
    }

    private static func isSandboxed(_ arguments: Arguments) throws(CommandFailure) -> Bool? {
        switch arguments.optionalText(sandbox) {
        case "on": return true
        case "off": return false
        case nil: return nil
        case let text?: throw arguments.usage("--sandbox", "found \"\(text)\", wanted on or off")
        }
    }
}
