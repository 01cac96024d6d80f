// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent.archive;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.impl.AMQCommand;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other end of AMQP 0-9-1 for one publisher: accepts whoever logs in, says that every exchange is there, confirms every
 * message and keeps none. A build cannot count on a broker being installed. It is not a test double: RabbitMQ does more.
 */
final class AcceptingBroker implements AutoCloseable {
    private static final int HEADER_BYTES = 8;
    private static final int MOST_CHANNELS = 16;
    private static final int FRAME_BYTES = 131_072;

    private final ServerSocket listener;
    private final AtomicInteger messages = new AtomicInteger();

    private AcceptingBroker(ServerSocket listener) {
        this.listener = listener;
    }

    static AcceptingBroker open() throws IOException {
        AcceptingBroker broker = new AcceptingBroker(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("broker").start(broker::serve);
        return broker;
    }

    String url() {
        return "amqp://guest:guest@127.0.0.1:" + listener.getLocalPort() + "/";
    }

    int messages() {
        return messages.get();
    }

    private void serve() {
        try (Socket socket = listener.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Line line = new Line(new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
            in.skipNBytes(HEADER_BYTES);
            line.send(
                    0,
                    new AMQImpl.Connection.Start(
                            0,
                            9,
                            Map.of(),
                            LongStringHelper.asLongString("PLAIN"),
                            LongStringHelper.asLongString("en_US")));
            Map<Integer, AMQCommand> open = new HashMap<>();
            while (line.isOpen) {
                Frame frame = Frame.readFrom(in, () -> FRAME_BYTES);
                AMQCommand command = open.computeIfAbsent(frame.getChannel(), _ -> new AMQCommand());
                if (frame.getType() != AMQP.FRAME_HEARTBEAT && command.handleFrame(frame)) {
                    open.remove(frame.getChannel());
                    answer(line, frame.getChannel(), command.getMethod());
                }
            }
        } catch (IOException e) {
            // The agent is gone, which is how the training ends.
            return;
        }
    }

    private void answer(Line line, int channel, Method method) throws IOException {
        switch (method) {
            case AMQP.Connection.StartOk _ -> line.send(0, new AMQImpl.Connection.Tune(MOST_CHANNELS, FRAME_BYTES, 0));
            case AMQP.Connection.Open _ -> line.send(0, new AMQImpl.Connection.OpenOk(""));
            case AMQP.Connection.Close _ -> {
                line.send(0, new AMQImpl.Connection.CloseOk());
                line.isOpen = false;
            }
            case AMQP.Channel.Open _ -> line.open(channel);
            case AMQP.Channel.Close _ -> line.send(channel, new AMQImpl.Channel.CloseOk());
            case AMQP.Exchange.Declare _ -> line.send(channel, new AMQImpl.Exchange.DeclareOk());
            case AMQP.Confirm.Select _ -> line.send(channel, new AMQImpl.Confirm.SelectOk());
            case AMQP.Basic.Publish _ -> {
                messages.incrementAndGet();
                line.confirm(channel);
            }
            default -> {
                // Answers of the client, which need none.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** Where answers go, and how many messages each channel had. Used by one thread. */
    private static final class Line {
        private final DataOutputStream out;
        private final Map<Integer, Long> confirmed = new HashMap<>();
        private boolean isOpen = true;

        Line(DataOutputStream out) {
            this.out = out;
        }

        void open(int channel) throws IOException {
            confirmed.put(channel, 0L);
            send(channel, new AMQImpl.Channel.OpenOk(LongStringHelper.asLongString("")));
        }

        void confirm(int channel) throws IOException {
            send(channel, new AMQImpl.Basic.Ack(confirmed.merge(channel, 1L, Long::sum), false));
        }

        void send(int channel, com.rabbitmq.client.impl.Method method) throws IOException {
            method.toFrame(channel).writeTo(out);
            out.flush();
        }
    }
}
