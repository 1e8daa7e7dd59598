namespace AuditIntel.Avro;

/// <summary>Makes the steps for a pair of schemas that are known to resolve.</summary>
internal sealed class ResolutionCompiler
{
    private readonly Dictionary<(AvroSchema Writer, AvroSchema Reader), RecordStep> _records = [];

    public ResolutionStep Compile(AvroSchema writer, AvroSchema reader)
    {
        if (writer is UnionSchema written)
        {
            // A branch that no reader branch takes cannot come here: the pair was checked as a whole.
            return new WrittenUnionStep([.. written.Branches.Select(branch => Compile(branch, reader))]);
        }

        if (reader is UnionSchema read)
        {
            int branch = SchemaMatch.Branch(writer, read);
            return new ReadUnionStep(branch, Compile(writer, read.Branches[branch]));
        }

        switch (writer, reader)
        {
            case (RecordSchema writtenRecord, RecordSchema readRecord):
                return CompileRecord(writtenRecord, readRecord);
            case (EnumSchema writtenEnum, EnumSchema readEnum):
                int[] indexes = new int[writtenEnum.Symbols.Count];
                for (int i = 0; i < indexes.Length; i++)
                {
                    int index = readEnum.IndexOf(writtenEnum.Symbols[i]);
                    indexes[i] = index >= 0 || readEnum.DefaultSymbol is null ? index : readEnum.IndexOf(readEnum.DefaultSymbol);
                }

                return new EnumStep(writtenEnum.FullName, indexes);
            case (FixedSchema writtenFixed, FixedSchema):
                return new FixedStep(writtenFixed.Size);
            case (ArraySchema writtenArray, ArraySchema readArray):
                return new BlocksStep(Compile(writtenArray.Items, readArray.Items), SmallestSize.Of(writtenArray.Items), keyed: false);
            case (MapSchema writtenMap, MapSchema readMap):
                return new BlocksStep(Compile(writtenMap.Values, readMap.Values), SmallestSize.Of(writtenMap.Values) + 1, keyed: true);
            default:
                return new PrimitiveStep(writer.Type, reader.Type);
        }
    }

    private RecordStep CompileRecord(RecordSchema writer, RecordSchema reader)
    {
        if (_records.TryGetValue((writer, reader), out RecordStep? known))
        {
            return known;
        }

        var step = new RecordStep();
        _records.Add((writer, reader), step);
        var skips = new ResolutionSkip[writer.Fields.Count];
        for (int i = 0; i < skips.Length; i++)
        {
            skips[i] = new ResolutionSkip(writer.Fields[i].Schema);
        }

        var sources = new int[reader.Fields.Count];
        var steps = new ResolutionStep[reader.Fields.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            RecordField field = reader.Fields[i];
            RecordField? source = SchemaMatch.WriterField(writer, field);
            if (source is null)
            {
                sources[i] = -1;
                steps[i] = new ConstantStep(DefaultEncoder.Encode(field.Schema, field.Default!));
            }
            else
            {
                sources[i] = IndexOf(writer.Fields, source);
                steps[i] = Compile(source.Schema, field.Schema);
            }
        }

        step.Complete(skips, sources, steps);
        return step;
    }

    private static int IndexOf(IReadOnlyList<RecordField> fields, RecordField field)
    {
        int index = 0;
        while (!ReferenceEquals(fields[index], field))
        {
            index++;
        }

        return index;
    }
}
