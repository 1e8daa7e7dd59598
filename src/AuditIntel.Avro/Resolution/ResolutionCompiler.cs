namespace AuditIntel.Avro;

/// <summary>
/// Makes the steps for a pair of schemas. What cannot be read becomes a step that fails when a value gets there: the specification lets a
/// reader take those values of a union or an enum that it can.
/// </summary>
internal sealed class ResolutionCompiler
{
    private readonly Dictionary<(AvroSchema Writer, AvroSchema Reader), RecordStep> _records = [];

    public ResolutionStep Compile(AvroSchema writer, AvroSchema reader)
    {
        if (writer is UnionSchema written)
        {
            ResolutionStep[] branches = [.. written.Branches.Select(branch => Compile(branch, reader))];
            return Array.TrueForAll(branches, branch => branch is RefuseStep) && branches.Length > 0 ? branches[0] : new WrittenUnionStep(branches);
        }

        if (reader is UnionSchema read)
        {
            int branch = SchemaMatch.Branch(writer, read);
            if (branch < 0)
            {
                return Refuse(writer, reader);
            }

            ResolutionStep inner = Compile(writer, read.Branches[branch]);
            return inner is RefuseStep ? inner : new ReadUnionStep(branch, inner);
        }

        if (!SchemaMatch.Matches(writer, reader))
        {
            return Refuse(writer, reader);
        }

        switch (writer, reader)
        {
            case (RecordSchema writtenRecord, RecordSchema readRecord):
                return CompileRecord(writtenRecord, readRecord);
            case (EnumSchema writtenEnum, EnumSchema readEnum):
                return CompileEnum(writtenEnum, readEnum);
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

    private static EnumStep CompileEnum(EnumSchema writer, EnumSchema reader)
    {
        int[] indexes = new int[writer.Symbols.Count];
        for (int i = 0; i < indexes.Length; i++)
        {
            int index = reader.IndexOf(writer.Symbols[i]);
            indexes[i] = index >= 0 || reader.DefaultSymbol is null ? index : reader.IndexOf(reader.DefaultSymbol);
        }

        return new EnumStep(writer, indexes);
    }

    private ResolutionStep CompileRecord(RecordSchema writer, RecordSchema reader)
    {
        if (_records.TryGetValue((writer, reader), out RecordStep? known))
        {
            return known;
        }

        var step = new RecordStep();
        _records.Add((writer, reader), step);
        var sources = new int[reader.Fields.Count];
        var steps = new ResolutionStep[reader.Fields.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            RecordField field = reader.Fields[i];
            RecordField? source = SchemaMatch.WriterField(writer, field);
            sources[i] = source is null ? -1 : IndexOf(writer.Fields, source);
            steps[i] = source is not null ? Compile(source.Schema, field.Schema)
                : field.Default is not null ? new ConstantStep(DefaultEncoder.Encode(field.Schema, field.Default))
                : new RefuseStep($"The writer's {writer.FullName} lacks the field '{field.Name}', for which the reader has no default");
        }

        step.Complete(writer.Fields.Select(field => new ResolutionSkip(field.Schema)).ToArray(), sources, steps);

        // Every field is read, so one that can never be read decides for the record.
        return Array.Find(steps, each => each is RefuseStep) ?? step;
    }

    private static RefuseStep Refuse(AvroSchema writer, AvroSchema reader) =>
        new($"The schemas do not resolve: {string.Join(' ', SchemaCompatibility.Differences(reader, writer))}");

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
