using System.Collections;
using System.Reflection;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>Messages of any type with random content.</summary>
/// <param name="random">The source; the same seed gives the same messages.</param>
/// <param name="names">Texts that fields often get, such as topics and groups that exist; none for random texts only.</param>
internal sealed class RandomMessages(Random random, params string[] names)
{
    /// <summary>Milliseconds that pass for a session or a transaction, and more than a topic may have partitions.</summary>
    private const int TimeoutLike = 12_345;

    public T Next<T>() => (T)Next(typeof(T), 0);

    public object Next(Type type) => Next(type, 0);

    private object Next(Type type, int depth)
    {
        if (type == typeof(string))
        {
            return names.Length > 0 && random.Next(4) > 0 ? names[random.Next(names.Length)] : new string('ü', random.Next(1, 4)) + random.Next();
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

        if (type == typeof(int) && random.Next(4) == 0)
        {
            return TimeoutLike;
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
                list.Add(Next(type.GetGenericArguments()[0], depth + 1));
            }

            return list;
        }

        var message = Activator.CreateInstance(type)!;
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            field.SetValue(message, Next(field.FieldType, depth + 1));
        }

        return message;
    }
}
