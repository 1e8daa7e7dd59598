namespace AuditIntel.Avro;

/// <summary>A record: the writer's fields are located first, then the reader's are written in their own order.</summary>
internal sealed class RecordStep : ResolutionStep
{
    private ResolutionSkip[] _skips = [];
    private int[] _sources = [];
    private ResolutionStep[] _steps = [];

    /// <summary>Set after construction, since records may refer to themselves.</summary>
    public void Complete(ResolutionSkip[] skips, int[] sources, ResolutionStep[] steps)
    {
        _skips = skips;
        _sources = sources;
        _steps = steps;
    }

    public override void Run(ref AvroReader reader, ref AvroWriter writer)
    {
        reader.EnterRecord();
        Span<int> starts = _skips.Length <= 64 ? stackalloc int[64] : new int[_skips.Length];
        for (int i = 0; i < _skips.Length; i++)
        {
            starts[i] = reader.Position;
            _skips[i].Run(ref reader);
        }

        int end = reader.Position;
        for (int i = 0; i < _steps.Length; i++)
        {
            if (_sources[i] >= 0)
            {
                reader.Seek(starts[_sources[i]]);
            }

            _steps[i].Run(ref reader, ref writer);
        }

        reader.Seek(end);
        reader.LeaveRecord();
    }
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
internal sealed class EnumStep(string name, int[] indexes) : ResolutionStep
{
    public override void Run(ref AvroReader reader, ref AvroWriter writer)
    {
        int begin = reader.Position;
        int index = indexes[reader.ReadIndex(indexes.Length, $"enum {name}")];
        if (index < 0)
        {
            AvroReader.Fail($"The reader's enum {name} lacks the writer's symbol and has no default", begin);
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
                writer.WriteBytes(reader.ReadBytes());
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
