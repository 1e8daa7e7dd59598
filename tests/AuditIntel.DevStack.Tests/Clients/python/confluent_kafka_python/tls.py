from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from confluent_kafka_python.client import base, consumer, producer, read_values, reports, send
from scenario import equal, fails, large, step

secured = {'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', 'sasl.username': 'ann', 'sasl.password': 'correct horse'}
send(producer(**secured, **{'ssl.ca.location': step}), 't', large)
reader = consumer('g', **secured, **{'ssl.ca.location': step})
reader.subscribe(['t'])
equal(read_values(reader, len(large)) == large, True)
reader.close()

# Without the certificate it does not trust the broker.
errors = []
stranger = AdminClient({**base, **secured, 'error_cb': errors.append, 'log_level': 0})
fails(lambda: stranger.list_topics(timeout=1), KafkaException)
reports(stranger, errors, KafkaError._SSL)
