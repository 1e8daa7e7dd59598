namespace AuditIntel.Avro;

/// <summary>Reads one value in the writer's encoding and writes it in the reader's.</summary>
internal abstract class ResolutionStep
{
    public abstract void Run(ref AvroReader reader, ref AvroWriter writer);
}
