namespace AuditIntel.DevStack.Protocol;

/// <summary>The primitive types of the protocol.</summary>
internal static class WireTypes
{
    public static WireType<bool> Bool { get; } = new BoolType();

    public static WireType<sbyte> Int8 { get; } = new Int8Type();

    public static WireType<short> Int16 { get; } = new Int16Type();

    public static WireType<int> Int32 { get; } = new Int32Type();

    public static WireType<long> Int64 { get; } = new Int64Type();

    public static WireType<Guid> Uuid { get; } = new UuidType();

    public static WireType<string> String { get; } = new StringType();

    public static WireType<string?> NullableString { get; } = new NullableStringType();

    public static WireType<ReadOnlyMemory<byte>> Bytes { get; } = new BytesType();

    public static WireType<RecordsPayload> Records { get; } = new RecordsType();

    private sealed class BoolType : WireType<bool>
    {
        public override bool Read(ref WireReader reader, in WireContext context) => reader.ReadInt8() != 0;

        public override void Write(WireWriter writer, bool value, in WireContext context) => writer.WriteInt8(value ? (sbyte)1 : (sbyte)0);
    }

    private sealed class Int8Type : WireType<sbyte>
    {
        public override sbyte Read(ref WireReader reader, in WireContext context) => reader.ReadInt8();

        public override void Write(WireWriter writer, sbyte value, in WireContext context) => writer.WriteInt8(value);
    }

    private sealed class Int16Type : WireType<short>
    {
        public override short Read(ref WireReader reader, in WireContext context) => reader.ReadInt16();

        public override void Write(WireWriter writer, short value, in WireContext context) => writer.WriteInt16(value);
    }

    private sealed class Int32Type : WireType<int>
    {
        public override int Read(ref WireReader reader, in WireContext context) => reader.ReadInt32();

        public override void Write(WireWriter writer, int value, in WireContext context) => writer.WriteInt32(value);
    }

    private sealed class Int64Type : WireType<long>
    {
        public override long Read(ref WireReader reader, in WireContext context) => reader.ReadInt64();

        public override void Write(WireWriter writer, long value, in WireContext context) => writer.WriteInt64(value);
    }

    private sealed class UuidType : WireType<Guid>
    {
        public override Guid Read(ref WireReader reader, in WireContext context) => reader.ReadUuid();

        public override void Write(WireWriter writer, Guid value, in WireContext context) => writer.WriteUuid(value);
    }

    private sealed class StringType : WireType<string>
    {
        public override string Read(ref WireReader reader, in WireContext context)
        {
            var length = reader.ReadLength(context.Flexible, wide: false);
            return length >= 0
                ? reader.ReadText(length)
                : throw new ProtocolException($"The string before byte {reader.Position} of the frame must not be null.");
        }

        public override void Write(WireWriter writer, string value, in WireContext context) => writer.WriteText(value, context.Flexible);
    }

    private sealed class NullableStringType : WireType<string?>
    {
        public override string? Read(ref WireReader reader, in WireContext context)
        {
            var length = reader.ReadLength(context.Flexible, wide: false);
            if (length < 0 && !context.Nullable)
            {
                throw new ProtocolException($"The string before byte {reader.Position} of the frame must not be null.");
            }

            return length < 0 ? null : reader.ReadText(length);
        }

        public override void Write(WireWriter writer, string? value, in WireContext context)
        {
            if (value is null && context.Nullable)
            {
                writer.WriteLength(-1, context.Flexible, wide: false);
            }
            else
            {
                writer.WriteText(value ?? "", context.Flexible);
            }
        }
    }

    private sealed class BytesType : WireType<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(ref WireReader reader, in WireContext context)
        {
            var length = reader.ReadLength(context.Flexible, wide: true);
            return length < 0 ? ReadOnlyMemory<byte>.Empty : reader.ReadMemory(length);
        }

        public override void Write(WireWriter writer, ReadOnlyMemory<byte> value, in WireContext context)
        {
            writer.WriteLength(value.Length, context.Flexible, wide: true);
            writer.WriteBytes(value.Span);
        }
    }

    private sealed class RecordsType : WireType<RecordsPayload>
    {
        public override RecordsPayload Read(ref WireReader reader, in WireContext context)
        {
            var length = reader.ReadLength(context.Flexible, wide: true);
            return length < 0 ? default : RecordsPayload.From(reader.ReadMemory(length));
        }

        public override void Write(WireWriter writer, RecordsPayload value, in WireContext context)
        {
            writer.WriteLength(value.IsPresent ? value.Length : -1, context.Flexible, wide: true);
            writer.Insert(value);
        }
    }
}
