// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One node of RabbitMQ (Debian's {@code rabbitmq-server}) with its own port mapper, cookie, database and logs, without plugins.
 * User and password are {@code guest}, the virtual host is {@code /}.
 */
public final class PrivateRabbitMq extends OwnProcess {
    private static final String PACKAGE = "rabbitmq-server";
    private static final Path SERVERS = Path.of("/usr/lib/rabbitmq/lib");

    private final List<String> settings;
    private @Nullable Ports ports;
    private @Nullable ServerProcess portMapper;

    /** A node with the defaults of RabbitMQ. */
    public PrivateRabbitMq() {
        this(List.of());
    }

    /**
     * A node with more settings.
     *
     * @param settings lines of {@code rabbitmq.conf}; if any begins with {@code ssl_options.}, the node also listens for TLS
     */
    public PrivateRabbitMq(List<String> settings) {
        super("RabbitMQ", "rabbitmq");
        this.settings = List.copyOf(settings);
    }

    private record Ports(int amqp, int tls, int distribution, int mapper) {
        static Ports find() {
            return new Ports(FreePorts.next(), FreePorts.next(), FreePorts.next(), FreePorts.next());
        }

        String nodeName() {
            return "nephometer" + amqp + "@localhost";
        }
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        Path program = program("rabbitmq-server");
        Ports at = ports();
        ScratchFolder scratch = folder();
        scratch.write("enabled_plugins", "[].\n");
        scratch.write("rabbitmq.conf", configuration(at));
        startPortMapper(at, scratch);
        launch(environment(at, scratch), "RABBITMQ_", List.of(program.toString()));
        awaitReady(this::connectOnce);
    }

    private void startPortMapper(Ports at, ScratchFolder scratch) {
        ServerProcess running = portMapper;
        if (running != null && running.isAlive()) {
            return;
        }
        Path epmd = DebianPackage.program("erlang-base", Path.of("/usr/bin/epmd"));
        portMapper = ServerProcess.start(
                "epmd",
                scratch.file("epmd.out"),
                Map.of("HOME", scratch.folder("home").toString()),
                "ERL_",
                List.of(epmd.toString(), "-port", Integer.toString(at.mapper), "-address", "127.0.0.1"));
    }

    private String configuration(Ports at) {
        List<String> lines = new ArrayList<>();
        lines.add("listeners.tcp.1 = 127.0.0.1:" + at.amqp);
        if (hasTls()) {
            lines.add("listeners.ssl.1 = 127.0.0.1:" + at.tls);
        }
        lines.addAll(settings);
        return String.join("\n", lines) + "\n";
    }

    private boolean hasTls() {
        return settings.stream().anyMatch(line -> line.startsWith("ssl_options."));
    }

    private static Map<String, String> environment(Ports at, ScratchFolder scratch) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", scratch.folder("home").toString());
        environment.put("ERL_EPMD_PORT", Integer.toString(at.mapper));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_NODENAME", at.nodeName());
        environment.put("RABBITMQ_NODE_PORT", Integer.toString(at.amqp));
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(at.distribution));
        environment.put("RABBITMQ_MNESIA_BASE", scratch.folder("mnesia").toString());
        environment.put("RABBITMQ_LOG_BASE", scratch.folder("log").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", scratch.file("enabled_plugins").toString());
        environment.put("RABBITMQ_CONFIG_FILE", scratch.file("rabbitmq.conf").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
        // The script then becomes the node instead of watching over it: our signals reach the node itself.
        environment.put("RUNNING_UNDER_SYSTEMD", "true");
        return environment;
    }

    private void connectOnce() throws IOException, TimeoutException {
        connection("readiness").close();
    }

    /**
     * A new connection as {@code guest}, without automatic recovery.
     *
     * @throws IllegalStateException with the end of its output if the node ended though nobody ended it
     */
    public Connection connection(String name) throws IOException, TimeoutException {
        requireAlive();
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setThreadFactory(
                Thread.ofVirtual().name("rabbitmq-" + name + "-", 0).factory());
        return factory.newConnection(name);
    }

    /** The port for AMQP without TLS; known from the first call on, also while the node is down. */
    public int port() {
        return ports().amqp;
    }

    /** The port for AMQP over TLS; nobody listens there unless the settings have {@code ssl_options}. */
    public int tlsPort() {
        return ports().tls;
    }

    /** The address with user, password and virtual host. */
    public String url() {
        return "amqp://guest:guest@127.0.0.1:" + port() + "/";
    }

    /**
     * Runs {@code rabbitmqctl} on this node.
     *
     * @return what it printed
     * @throws IllegalStateException with what it printed if it failed
     */
    public String control(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program("rabbitmqctl").toString(), "-q"));
        command.addAll(List.of(arguments));
        return Tool.run(folder(), environment(ports(), folder()), command);
    }

    private static Path program(String name) {
        return DebianPackage.program(PACKAGE, SERVERS, "rabbitmq_server-*", "sbin/" + name);
    }

    @Override
    void clear(ScratchFolder left) {
        ServerProcess mapper = portMapper;
        portMapper = null;
        if (mapper != null) {
            mapper.kill();
        }
    }

    private Ports ports() {
        Ports known = ports;
        if (known == null) {
            known = Ports.find();
            ports = known;
        }
        return known;
    }
}
