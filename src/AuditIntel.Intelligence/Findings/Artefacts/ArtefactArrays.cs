using AuditIntel.Intelligence.Transactions.Artefacts;

namespace AuditIntel.Intelligence.Findings.Artefacts;

/// <summary>Arrays of 32-bit fields behind their length.</summary>
internal static class ArtefactArrays
{
    public static void Write<T>(BinaryWriter to, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        to.Write(values.Length);
        to.Flush();
        ArtefactSections.Write(to.BaseStream, values);
    }

    public static T[] Read<T>(BinaryReader from)
        where T : unmanaged
    {
        int count = from.ReadInt32();
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        if (count < 0 || (long)count * size > from.BaseStream.Length - from.BaseStream.Position)
        {
            throw new ArgumentException($"an array claims {count} x {size} bytes.");
        }

        ReadOnlySpan<byte> bytes = from.ReadBytes(count * size);
        return ArtefactSections.Read<T>(ref bytes, count);
    }
}
