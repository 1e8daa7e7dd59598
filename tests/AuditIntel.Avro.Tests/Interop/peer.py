"""The Apache Avro implementation for Python behind one JSON object a line: the independent peer of the codec tests."""

import datetime
import decimal
import hashlib
import io
import json
import struct
import sys
import uuid

import avro.io
import avro.schema


def untag(value):
    """A datum from its JSON form: numbers, bytes, maps and logical values carry a tag."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, list):
        return [untag(item) for item in value]
    (tag, body), = value.items()
    if tag == "i":
        return int(body)
    if tag == "d":
        return struct.unpack(">d", bytes.fromhex(body))[0]
    if tag == "b":
        return bytes.fromhex(body)
    if tag == "m":
        return {key: untag(item) for key, item in body}
    if tag == "decimal":
        return decimal.Decimal(body)
    if tag == "uuid":
        return uuid.UUID(body)
    if tag == "date":
        return datetime.date.fromisoformat(body)
    if tag == "time":
        return datetime.time.fromisoformat(body)
    if tag == "timestamp":
        return datetime.datetime.fromisoformat(body)
    raise ValueError(tag)


def tag(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, list):
        return [tag(item) for item in value]
    if isinstance(value, dict):
        return {"m": [[key, tag(value[key])] for key in sorted(value)]}
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"d": struct.pack(">d", value).hex()}
    if isinstance(value, bytes):
        return {"b": value.hex()}
    if isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    if isinstance(value, uuid.UUID):
        return {"uuid": str(value)}
    if isinstance(value, datetime.datetime):
        return {"timestamp": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"time": value.isoformat()}
    raise ValueError(type(value))


def answer(request):
    operation = request["op"]
    schema = avro.schema.parse(request["schema"])
    if operation == "canonical":
        form = schema.canonical_form
        return {"form": form, "md5": hashlib.md5(form.encode()).hexdigest(), "sha256": hashlib.sha256(form.encode()).hexdigest()}
    if operation == "encode":
        output = io.BytesIO()
        avro.io.DatumWriter(schema).write(untag(request["datum"]), avro.io.BinaryEncoder(output))
        return {"hex": output.getvalue().hex()}
    if operation == "decode":
        data = io.BytesIO(bytes.fromhex(request["hex"]))
        reader = avro.schema.parse(request["reader"]) if "reader" in request else schema
        datum = avro.io.DatumReader(schema, reader).read(avro.io.BinaryDecoder(data))
        return {"datum": tag(datum), "left": len(data.read())}
    raise ValueError(operation)


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # the test shows it
        reply = {"error": repr(error)}
    print(json.dumps(reply), flush=True)
