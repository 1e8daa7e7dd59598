using System.Collections;
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
            var bytes = Encode((T)Fill(typeof(T), new Random(seed), 0)!, version);
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
        var bytes = Encode((T)Fill(typeof(T), new Random(1), 0)!, 0);
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

    private static object? Fill(Type type, Random random, int depth)
    {
        if (type == typeof(string))
        {
            return new string('ü', random.Next(4)) + random.Next();
        }

        if (type == typeof(ReadOnlyMemory<byte>) || type == typeof(RecordsPayload))
        {
            var bytes = new byte[random.Next(20)];
            random.NextBytes(bytes);
            return type == typeof(RecordsPayload) ? RecordsPayload.From(bytes) : new ReadOnlyMemory<byte>(bytes);
        }

        if (type == typeof(Guid))
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes);
        }

        if (type == typeof(bool))
        {
            return random.Next(2) == 0;
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(random.Next(sbyte.MinValue, sbyte.MaxValue), type, null);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
        {
            var list = (IList)Activator.CreateInstance(type)!;
            for (var i = random.Next(depth > 2 ? 2 : 4); i > 0; i--)
            {
                list.Add(Fill(type.GetGenericArguments()[0], random, depth + 1));
            }

            return list;
        }

        var message = Activator.CreateInstance(type)!;
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            field.SetValue(message, Fill(field.FieldType, random, depth + 1));
        }

        return message;
    }
}
