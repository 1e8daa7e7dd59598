using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuditIntel.Contracts;

/// <summary>
/// A YAML file (https://yaml.org/spec/1.2.2) as the program reads it: one document of text, lists and named fields. Names may stand once; anchors, aliases
/// and tags are refused, so that what is read is what is seen.
/// </summary>
public sealed class ConfigurationFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int DeepestNesting = 16;

    private ConfigurationFile(string name, ConfigurationNode root)
    {
        Name = name;
        Root = root;
    }

    /// <summary>Name for faults.</summary>
    public string Name { get; }

    /// <summary>Always has <see cref="ConfigurationNode.Fields"/>; none for an empty file.</summary>
    public ConfigurationNode Root { get; }

    /// <exception cref="ConfigurationException">The file cannot be read, or is no such YAML.</exception>
    public static ConfigurationFile Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            var bytes = new byte[MaxBytes + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
            {
                throw new ConfigurationException([$"{path} is larger than 1 MiB: that is no configuration file."]);
            }

            using var text = new StreamReader(new MemoryStream(bytes, 0, length), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Parse(text.ReadToEnd(), path);
        }
        catch (DecoderFallbackException)
        {
            throw new ConfigurationException([$"{path} is not UTF-8: save it as UTF-8."]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([$"{path} cannot be read: {e.Message}"]);
        }
    }

    /// <param name="text">YAML.</param>
    /// <param name="name">Name for faults.</param>
    /// <exception cref="ConfigurationException">The text is no such YAML.</exception>
    public static ConfigurationFile Parse(string text, string name)
    {
        var faults = new ConfigurationFaults(name);
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                return new ConfigurationFile(name, ConfigurationNode.OfFields(1, []));
            }

            parser.Consume<DocumentStart>();
            ConfigurationNode root = Node(parser, faults, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is DocumentStart second)
            {
                faults.Add(Line(second), "a second document begins; keep one document in a file.");
            }

            if (root.Text is null && root.Items is null && root.Fields is null)
            {
                root = ConfigurationNode.OfFields(1, []);
            }
            else if (root.Fields is null)
            {
                faults.Add(root.Line, $"the file is {root.Kind}; it must be fields such as rules: and channels:.");
            }

            faults.ThrowIfAny();
            return new ConfigurationFile(name, root);
        }
        catch (YamlException e)
        {
            faults.Add((int)e.End.Line, $"this is not YAML: {e.InnerException?.Message ?? e.Message}");
            faults.ThrowIfAny();
            throw;
        }
    }

    /// <summary>The value of a field at the top; null when it is not there.</summary>
    public ConfigurationNode? Section(string name) => Root.Fields!.FirstOrDefault(field => field.Name == name)?.Value;

    /// <summary>Adds a fault for each field at the top that is none of these.</summary>
    public void CheckSections(ConfigurationFaults faults, params ReadOnlySpan<string> known)
    {
        foreach (ConfigurationField field in Root.Fields!)
        {
            if (!known.Contains(field.Name))
            {
                faults.Add(field.Line, $"'{ConfigurationFaults.Shown(field.Name)}' is unknown; known are {string.Join(", ", known!)}.");
            }
        }
    }

    private static ConfigurationNode Node(Parser parser, ConfigurationFaults faults, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"values are nested deeper than {DeepestNesting} levels.");
        }

        ParsingEvent start = parser.Consume<ParsingEvent>();
        if (start is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
        {
            faults.Add(Line(start), "anchors, aliases and tags are not read; write the value out.");
        }

        return start switch
        {
            MappingStart => Fields(parser, faults, Line(start), depth),
            SequenceStart => Items(parser, faults, Line(start), depth),
            Scalar scalar => ConfigurationNode.OfText(Line(start), IsNull(scalar) ? null : scalar.Value),
            _ => ConfigurationNode.OfText(Line(start), null),
        };
    }

    private static ConfigurationNode Fields(Parser parser, ConfigurationFaults faults, int line, int depth)
    {
        var fields = new List<ConfigurationField>();
        var names = new Dictionary<string, int>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            ConfigurationNode name = Node(parser, faults, depth + 1);
            ConfigurationNode value = Node(parser, faults, depth + 1);
            if (name.Text is null)
            {
                faults.Add(name.Line, $"the name of a field is {name.Kind}; it must be text.");
            }
            else if (names.TryAdd(name.Text, name.Line))
            {
                fields.Add(new ConfigurationField(name.Text, name.Line, value));
            }
            else
            {
                faults.Add(name.Line, $"'{ConfigurationFaults.Shown(name.Text)}' stands here a second time, first in line {names[name.Text]}.");
            }
        }

        return ConfigurationNode.OfFields(line, fields);
    }

    private static ConfigurationNode Items(Parser parser, ConfigurationFaults faults, int line, int depth)
    {
        var items = new List<ConfigurationNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(parser, faults, depth + 1));
        }

        return ConfigurationNode.OfItems(line, items);
    }

    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    private static int Line(ParsingEvent at) => (int)at.Start.Line;
}
