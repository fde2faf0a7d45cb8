package dev.darkroom.delivery;

import dev.darkroom.schema.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.backoff.FixedBackOff;

/// Runs a service's subscriptions: one listener for each lane and one for the retries, started and
/// stopped with the service. A lane has a listener of its own, so a full one never stands before an
/// empty one.
public final class Subscriptions implements SmartLifecycle {
    private final List<Subscription<?, ?>> subscriptions;
    private final KafkaProperties kafka;
    private final DeliveryProperties properties;
    private final TransactionOperations transaction;
    private final EventPublisher publisher;
    private final List<ConcurrentMessageListenerContainer<byte[], byte[]>> containers =
            new ArrayList<>();
    private final List<LaneExecutor> executors = new ArrayList<>();

    public Subscriptions(
            List<Subscription<?, ?>> subscriptions,
            KafkaProperties kafka,
            DeliveryProperties properties,
            TransactionOperations transaction,
            EventPublisher publisher) {
        this.subscriptions = List.copyOf(subscriptions);
        this.kafka = kafka;
        this.properties = properties;
        this.transaction = transaction;
        this.publisher = publisher;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        new Topics(kafka).ensure(topics());
        subscriptions.forEach(this::start);
        containers.forEach(ConcurrentMessageListenerContainer::start);
    }

    private <M, R> void start(Subscription<M, R> subscription) {
        LaneExecutor executor = new LaneExecutor(subscription.consumer(), properties.workers());
        executors.add(executor);
        DependencyGate gate = new DependencyGate(subscription.consumer(), properties);
        for (SourceTopic topic : subscription.topics()) {
            listen(subscription, topic, executor, gate);
        }
        listen(subscription, new SourceTopic(subscription.retryTopic(), Lane.BULK), executor, gate);
    }

    private <M, R> void listen(
            Subscription<M, R> subscription,
            SourceTopic topic,
            LaneExecutor executor,
            DependencyGate gate) {
        ContainerProperties listener = new ContainerProperties(topic.name());
        listener.setGroupId(subscription.consumer());
        listener.setAckMode(ContainerProperties.AckMode.MANUAL);
        listener.setSyncCommits(true);
        listener.setClientId(topic.name());
        listener.setMissingTopicsFatal(false);
        listener.setMessageListener(
                new BatchDelivery<>(
                        subscription,
                        topic.lane(),
                        properties,
                        executor,
                        transaction,
                        publisher,
                        gate));
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                kafka.consumerConfig(
                                        subscription.consumer(), subscription.batchSize()),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer()),
                        listener);
        container.setBeanName(subscription.consumer() + "-" + topic.name());
        // BatchDelivery settles every record itself. What still gets here is a defect of ours: the
        // batch comes again.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(
                        new FixedBackOff(
                                properties.pause().toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        containers.add(container);
    }

    private Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        for (Subscription<?, ?> subscription : subscriptions) {
            subscription.topics().forEach(topic -> topics.add(topic.name()));
            topics.add(subscription.retryTopic());
            topics.add(subscription.deadLetterTopic());
        }
        return topics;
    }

    @Override
    public synchronized void stop() {
        containers.forEach(ConcurrentMessageListenerContainer::stop);
        executors.forEach(LaneExecutor::close);
        containers.clear();
        executors.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !containers.isEmpty();
    }
}
