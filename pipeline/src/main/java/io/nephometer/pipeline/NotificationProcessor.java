// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline;

import io.nephometer.model.Event;
import io.nephometer.model.Existence;
import io.nephometer.model.Failure;
import io.nephometer.model.Failure.Kind;
import io.nephometer.model.Failure.Step;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.SlotPart;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.pipeline.decode.Decoded;
import io.nephometer.pipeline.decode.Existences;
import io.nephometer.pipeline.decode.Notification;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.events.EventConversion;
import io.nephometer.pipeline.meters.DerivedSample;
import io.nephometer.pipeline.meters.Dropped;
import io.nephometer.pipeline.meters.SampleDerivation;
import io.nephometer.pipeline.meters.SampleTyping;
import io.nephometer.pipeline.polled.BadPolledSampleException;
import io.nephometer.pipeline.polled.PolledSamples;
import io.nephometer.pipeline.polled.SampleSignatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one message of the bus becomes: decoded, then an event, then samples, as its priority and the definitions say. What
 * cannot be decoded or converted is answered as such, with the reason; nothing makes it throw. Thread-safe.
 */
public final class NotificationProcessor implements MessageProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationProcessor.class);

    private final NotificationDecoder decoder;
    private final Supplier<Definitions> definitions;
    private final Consumer<Dropped> dropped;
    private final SampleSignatures signatures;

    /** With polled samples that need not be signed. */
    public NotificationProcessor(
            NotificationDecoder decoder, Supplier<Definitions> definitions, Consumer<Dropped> dropped) {
        this(decoder, definitions, dropped, SampleSignatures.NOT_ASKED_FOR);
    }

    /**
     * @param definitions asked for each message, so that they can be replaced while the process runs
     * @param dropped told of each sample without a usable volume
     * @param signatures whether polled samples must be signed
     */
    public NotificationProcessor(
            NotificationDecoder decoder,
            Supplier<Definitions> definitions,
            Consumer<Dropped> dropped,
            SampleSignatures signatures) {
        this.decoder = decoder;
        this.definitions = definitions;
        this.dropped = dropped;
        this.signatures = signatures;
    }

    @Override
    public Processed process(RawMessage message) {
        return process(message, _ -> {});
    }

    @Override
    public Processed process(RawMessage message, Consumer<? super Notification> witness) {
        return switch (decoder.decode(message)) {
            case Decoded.Unreadable u -> new Processed.Unprocessable(u.raw(), u.id(), u.hash(), u.failure());
            case Decoded.Notified n -> {
                witness.accept(n.notification());
                yield guarded(n);
            }
        };
    }

    /** A defect that shows on one message must not stop the others. */
    private Processed guarded(Decoded.Notified notified) {
        try {
            return PolledSamples.EVENT_TYPE.equals(notified.notification().eventType())
                    ? polled(notified)
                    : notification(notified);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error(
                    "Defect: processing message {} ({}) failed; it goes to recovery",
                    notified.id().text(),
                    notified.notification().eventType(),
                    e);
            return failed(notified, new Failure(Step.EVENT, Kind.UNEXPECTED, e.toString()));
        }
    }

    private Processed polled(Decoded.Notified notified) {
        try {
            PolledSamples polled =
                    PolledSamples.read(notified.notification().tree().get("payload"), signatures);
            SlotPart part = polled.part();
            Optional<String> objection = part == null
                    ? Optional.empty()
                    : decoder.objectionTo(part.slot().start());
            if (objection.isPresent()) {
                return failed(notified, new Failure(Step.METERS, Kind.OUTSIDE_TIME_WINDOW, "slot: " + objection.get()));
            }
            polled.dropped().forEach(dropped);
            if (part != null) {
                return new Processed.Measured(
                        notified.raw(), notified.id(), notified.hash(), part, polled.samples(), polled.pending());
            }
            return new Processed.SamplesOnly(notified.raw(), notified.id(), notified.hash(), polled.samples());
        } catch (BadPolledSampleException e) {
            return failed(notified, new Failure(Step.METERS, Kind.BAD_POLLED_SAMPLE, String.valueOf(e.getMessage())));
        }
    }

    private Processed notification(Decoded.Notified n) {
        // Of what was sent: what definitions make of it, or do not, must not decide whether it is metered twice.
        Existence existence = Existences.of(n.notification()).orElse(null);
        try {
            if (n.notification().priority().equals("sample")) {
                return new Processed.SamplesOnly(n.raw(), n.id(), n.hash(), samples(n), existence);
            }
            // Events before meters: a notification that cannot become an event is not metered.
            return switch (definitions.get().events().convert(n.id(), n.notification())) {
                case EventConversion.Converted(Event event) ->
                    new Processed.Converted(n.raw(), n.id(), n.hash(), event, samples(n), List.of(), existence);
                case EventConversion.Unmatched ignored ->
                    new Processed.Unmatched(n.raw(), n.id(), n.hash(), samples(n), existence);
                case EventConversion.Failed(String trait, String detail) ->
                    throw new UnconvertibleException(
                            new Failure(Step.EVENT, Kind.EVENT_CONVERSION, "trait " + trait + ": " + detail));
            };
        } catch (UnconvertibleException e) {
            return failed(n, e.failure);
        }
    }

    private List<Sample> samples(Decoded.Notified n) throws UnconvertibleException {
        return switch (definitions.get().meters().derive(n.notification())) {
            case SampleDerivation.Failed(String meter, String detail) ->
                throw new UnconvertibleException(
                        new Failure(Step.METERS, Kind.METER_CONVERSION, "meter " + meter + ": " + detail));
            case SampleDerivation.Derived derived -> {
                // A look-up without a match is no loss: most requests to Swift measure nothing.
                derived.dropped().stream()
                        .filter(one -> one.reason() != Dropped.Reason.NOTHING_LOOKED_UP)
                        .forEach(dropped);
                List<Sample> samples = new ArrayList<>(derived.samples().size());
                for (DerivedSample sample : derived.samples()) {
                    switch (sample.typed(n.id())) {
                        case SampleTyping.Typed(Sample typed) -> samples.add(typed);
                        case SampleTyping.Refused(Dropped refused) -> dropped.accept(refused);
                    }
                }
                yield samples;
            }
        };
    }

    private static Processed failed(Decoded.Notified n, Failure failure) {
        return new Processed.Unprocessable(n.raw(), n.id(), n.hash(), failure);
    }

    /** The definitions cannot be applied to the message. */
    private static final class UnconvertibleException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        UnconvertibleException(Failure failure) {
            super(failure.detail(), null, false, false);
            this.failure = failure;
        }
    }
}
