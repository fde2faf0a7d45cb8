package dev.darkroom.delivery;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Delivery for one service: import it, declare [Subscription] beans, and they run.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaProperties.class, DeliveryProperties.class})
public class DeliveryConfiguration {
    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    EventPublisher eventPublisher(
            KafkaProperties kafka, EventCodec codec, Environment environment) {
        return new EventPublisher(
                kafka,
                codec,
                "darkroom/" + environment.getProperty("spring.application.name", "service"));
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, EventCodec codec) {
        return new Outbox(jdbc, codec);
    }

    @Bean
    Subscriptions subscriptions(
            ObjectProvider<Subscription<?, ?>> subscriptions,
            KafkaProperties kafka,
            DeliveryProperties properties,
            PlatformTransactionManager transactions,
            EventPublisher publisher) {
        return new Subscriptions(
                List.copyOf(subscriptions.orderedStream().toList()),
                kafka,
                properties,
                new TransactionTemplate(transactions),
                publisher);
    }
}
