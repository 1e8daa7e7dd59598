import ssl

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from kafka_python.client import base, read
from scenario import equal, fails, large, step

secured = {**base, 'security_protocol': 'SASL_SSL', 'sasl_mechanism': 'SCRAM-SHA-512', 'sasl_plain_username': 'ann',
           'sasl_plain_password': 'correct horse'}
sender = KafkaProducer(**secured, ssl_cafile=step)
for value in large:
    sender.send('t', value)
sender.close(20)
reader = KafkaConsumer('t', **secured, ssl_cafile=step, auto_offset_reset='earliest', enable_auto_commit=False)
equal([r.value for r in read(reader, len(large))] == large, True)
reader.close()

# Without the certificate it does not trust the broker.
fails(lambda: KafkaAdminClient(**secured, api_version_auto_timeout_ms=20_000), ssl.SSLCertVerificationError)
