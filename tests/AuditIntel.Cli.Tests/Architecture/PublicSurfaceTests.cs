using System.Reflection;

namespace AuditIntel.Cli.Tests.Architecture;

public sealed class PublicSurfaceTests
{
    public static TheoryData<string> LoadedRooms() => [.. Repository.Rooms().Where(room => room is not ("Avro.Generator" or "Cli"))];

    [Theory]
    [MemberData(nameof(LoadedRooms))]
    public void PublicType_ShouldExposeNoMutableField(string room)
    {
        Assembly assembly = Assembly.Load($"AuditIntel.{room}");
        IEnumerable<string> fields = assembly.GetExportedTypes()
            .Where(type => !type.IsEnum)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral)
            .Select(field => $"{field.DeclaringType!.FullName}.{field.Name}");
        Assert.Empty(fields);
    }

    [Theory]
    [MemberData(nameof(LoadedRooms))]
    public void InternalClass_ShouldBeSealed(string room)
    {
        Assembly assembly = Assembly.Load($"AuditIntel.{room}");
        Type[] types = assembly.GetTypes();
        IEnumerable<string> open = types
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false, IsVisible: false })
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && !types.Any(other => IsDerived(other, type)))
            .Select(type => type.FullName!);
        Assert.Empty(open);
    }

    private static bool IsDerived(Type type, Type from)
    {
        Type? parent = type.BaseType;
        return parent is not null && (parent == from || (parent.IsGenericType && parent.GetGenericTypeDefinition() == from));
    }
}
