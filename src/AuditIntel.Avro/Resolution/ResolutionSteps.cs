using System.Text.Unicode;

namespace AuditIntel.Avro;

/// <summary>What the reader cannot take; fails when a value gets there.</summary>
internal sealed class RefuseStep(string reason) : ResolutionStep
{
    public string Reason { get; } = reason;

    public override void Run(ref AvroReader reader, ref AvroWriter writer) => AvroReader.Fail(Reason.TrimEnd('.'), reader.Position);
}

/// <summary>The default of a field that the writer lacks.</summary>
internal sealed class ConstantStep(byte[] encoded) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer) => writer.WriteFixed(encoded);
}

/// <summary>A writer's union: the branch's own step.</summary>
internal sealed class WrittenUnionStep(ResolutionStep[] branches) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer) =>
        branches[reader.ReadIndex(branches.Length, "a union")].Run(ref reader, ref writer);
}

/// <summary>A reader's union: the branch's index before the value.</summary>
internal sealed class ReadUnionStep(int branch, ResolutionStep step) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer)
    {
        writer.WriteUnionIndex(branch);
        step.Run(ref reader, ref writer);
    }
}

/// <summary>An enum: the writer's index becomes the reader's.</summary>
internal sealed class EnumStep(EnumSchema written, int[] indexes) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer)
    {
        int begin = reader.Position;
        int symbol = reader.ReadIndex(indexes.Length, written.FullName);
        int index = indexes[symbol];
        if (index < 0)
        {
            AvroReader.Fail($"The reader's enum {written.FullName} lacks the writer's symbol {written.Symbols[symbol]} and has no default", begin);
        }

        writer.WriteInt(index);
    }
}

/// <summary>A fixed as it is.</summary>
internal sealed class FixedStep(int size) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer) => writer.WriteFixed(reader.ReadFixed(size));
}

/// <summary>An array, or with keys a map, block by block.</summary>
internal sealed class BlocksStep(ResolutionStep item, int smallestItem, bool keyed) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer)
    {
        int count;
        while ((count = reader.ReadBlockCount(smallestItem)) > 0)
        {
            writer.WriteLong(count);
            for (int i = 0; i < count; i++)
            {
                if (keyed)
                {
                    writer.WriteBytes(reader.ReadBytes());
                }

                item.Run(ref reader, ref writer);
            }
        }

        writer.WriteLong(0);
    }
}

/// <summary>A primitive, promoted where the types differ. String and bytes have one encoding.</summary>
internal sealed class PrimitiveStep(AvroType from, AvroType to) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer)
    {
        switch (from)
        {
            case AvroType.Null:
                break;
            case AvroType.Boolean:
                writer.WriteBoolean(reader.ReadBoolean());
                break;
            case AvroType.Int:
                WriteNumber(ref writer, reader.ReadInt());
                break;
            case AvroType.Long:
                WriteNumber(ref writer, reader.ReadLong());
                break;
            case AvroType.Float when to == AvroType.Double:
                writer.WriteDouble(reader.ReadFloat());
                break;
            case AvroType.Float:
                writer.WriteFloat(reader.ReadFloat());
                break;
            case AvroType.Double:
                writer.WriteDouble(reader.ReadDouble());
                break;
            default:
                int begin = reader.Position;
                ReadOnlySpan<byte> bytes = reader.ReadBytes();
                if (to == AvroType.String && !Utf8.IsValid(bytes))
                {
                    // Found here, the error names the place in the writer's bytes.
                    AvroReader.Fail("A string is no valid UTF-8", begin);
                }

                writer.WriteBytes(bytes);
                break;
        }
    }

    private void WriteNumber(ref AvroWriter writer, long value)
    {
        switch (to)
        {
            case AvroType.Float:
                writer.WriteFloat(value);
                break;
            case AvroType.Double:
                writer.WriteDouble(value);
                break;
            default:
                writer.WriteLong(value);
                break;
        }
    }
}
