namespace AuditIntel.Avro;

/// <summary>Whether data of one schema can be read with another ("Schema Resolution" in the specification of Avro 1.11).</summary>
public static class SchemaCompatibility
{
    /// <summary>True when every value of the writer's schema can be read with the reader's.</summary>
    public static bool CanRead(AvroSchema reader, AvroSchema writer) => Differences(reader, writer).Count == 0;

    /// <summary>
    /// Why values of the writer's schema cannot be read with the reader's, one sentence each; empty when they can. A sentence begins with the path
    /// of fields, branches, <c>items</c> and <c>values</c> and ends with the code of Confluent's registry.
    /// </summary>
    public static IReadOnlyList<string> Differences(AvroSchema reader, AvroSchema writer)
    {
        var check = new CompatibilityCheck();
        check.Compare(reader, writer, "");
        return check.Differences;
    }

    /// <summary>Why a schema may not follow the earlier ones; empty when it may.</summary>
    /// <param name="level">What is asked for.</param>
    /// <param name="next">The schema that wants to be the next version.</param>
    /// <param name="earlier">All earlier versions, oldest first; levels that are not transitive look at the last one only.</param>
    public static IReadOnlyList<string> Differences(SchemaCompatibilityLevel level, AvroSchema next, IReadOnlyList<AvroSchema> earlier)
    {
        bool transitive = level is SchemaCompatibilityLevel.BackwardTransitive or SchemaCompatibilityLevel.ForwardTransitive or SchemaCompatibilityLevel.FullTransitive;
        bool backward = level is not (SchemaCompatibilityLevel.None or SchemaCompatibilityLevel.Forward or SchemaCompatibilityLevel.ForwardTransitive);
        bool forward = level is not (SchemaCompatibilityLevel.None or SchemaCompatibilityLevel.Backward or SchemaCompatibilityLevel.BackwardTransitive);
        var differences = new List<string>();
        for (int i = transitive ? 0 : Math.Max(0, earlier.Count - 1); i < earlier.Count; i++)
        {
            if (backward)
            {
                differences.AddRange(Differences(reader: next, writer: earlier[i]).Select(each => "As the reader of an earlier version, " + each));
            }

            if (forward)
            {
                differences.AddRange(Differences(reader: earlier[i], writer: next).Select(each => "As the writer for an earlier version, " + each));
            }
        }

        return differences;
    }
}
