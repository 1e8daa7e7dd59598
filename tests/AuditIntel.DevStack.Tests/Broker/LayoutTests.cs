using System.Reflection;
using AuditIntel.DevStack.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Every message of every version comes back from its bytes as it was.</summary>
public sealed class LayoutTests
{
    private const short VersionsTried = 18;

    public static TheoryData<string> Messages()
    {
        var data = new TheoryData<string>();
        foreach (var type in typeof(ApiKey).Assembly.GetTypes().Where(IsMessage))
        {
            data.Add(type.FullName!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_ShouldComeBackTheSame_WhenEncodedAndDecodedInAnyVersion(string typeName)
    {
        var type = typeof(ApiKey).Assembly.GetType(typeName, throwOnError: true)!;
        var roundTrip = typeof(LayoutTests).GetMethod(nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => (bool)roundTrip.Invoke(null, [seed])!)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_ShouldBeRefusedAsMalformed_WhenItsBytesEndEarly(string typeName)
    {
        var type = typeof(ApiKey).Assembly.GetType(typeName, throwOnError: true)!;
        typeof(LayoutTests).GetMethod(nameof(Truncate), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, []);
    }

    private static bool IsMessage(Type type) => !type.IsInterface && type.GetInterfaces().Any(i => i.Name.StartsWith("IMessage`", StringComparison.Ordinal));

    private static bool RoundTrip<T>(int seed)
        where T : class, IMessage<T>, new()
    {
        for (short version = 0; version < VersionsTried; version++)
        {
            var bytes = Encode(new RandomMessages(new Random(seed)).Next<T>(), version);
            var reader = new WireReader(bytes);
            var back = T.Layout.Read(ref reader, version);
            Assert.Equal(0, reader.Remaining);
            Assert.Equal(bytes, Encode(back, version));
        }

        return true;
    }

    private static void Truncate<T>()
        where T : class, IMessage<T>, new()
    {
        var bytes = Encode(new RandomMessages(new Random(1)).Next<T>(), 0);
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = bytes.AsMemory(0, length);
            Assert.Throws<ProtocolException>(() =>
            {
                var reader = new WireReader(part);
                T.Layout.Read(ref reader, 0);
            });
        }
    }

    private static byte[] Encode<T>(T message, short version)
        where T : class, IMessage<T>, new()
    {
        using var writer = new WireWriter();
        T.Layout.Write(writer, message, version);
        return writer.ToArray();
    }
}
