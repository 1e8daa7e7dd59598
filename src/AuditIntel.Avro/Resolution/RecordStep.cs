namespace AuditIntel.Avro;

/// <summary>
/// A record. Where the reader's fields come in the writer's order, one pass does, stepping over what the reader lacks; otherwise the writer's fields
/// are located first and then read in the reader's order.
/// </summary>
internal sealed class RecordStep : ResolutionStep
{
    private const int FieldsOnStack = 64;

    private ResolutionSkip[] _skips = [];
    private int[] _sources = [];
    private ResolutionStep[] _steps = [];
    private bool _inOrder;

    /// <summary>Set after construction, since records may refer to themselves.</summary>
    /// <param name="skips">Steps over each of the writer's fields.</param>
    /// <param name="sources">For each of the reader's fields the index of the writer's, or -1.</param>
    /// <param name="steps">For each of the reader's fields what makes its value.</param>
    public void Complete(ResolutionSkip[] skips, int[] sources, ResolutionStep[] steps)
    {
        _skips = skips;
        _sources = sources;
        _steps = steps;
        int last = -1;
        _inOrder = true;
        foreach (int source in sources)
        {
            _inOrder &= source < 0 || source > last;
            last = Math.Max(last, source);
        }
    }

    public override void Run(ref AvroReader reader, ref AvroWriter writer)
    {
        reader.EnterRecord();
        if (_inOrder)
        {
            RunInOrder(ref reader, ref writer);
        }
        else
        {
            RunLocated(ref reader, ref writer);
        }

        reader.LeaveRecord();
    }

    private void RunInOrder(ref AvroReader reader, ref AvroWriter writer)
    {
        int next = 0;
        for (int i = 0; i < _steps.Length; i++)
        {
            for (; next < _sources[i]; next++)
            {
                _skips[next].Run(ref reader);
            }

            next += _sources[i] < 0 ? 0 : 1;
            _steps[i].Run(ref reader, ref writer);
        }

        for (; next < _skips.Length; next++)
        {
            _skips[next].Run(ref reader);
        }
    }

    private void RunLocated(ref AvroReader reader, ref AvroWriter writer)
    {
        Span<int> starts = _skips.Length <= FieldsOnStack ? stackalloc int[FieldsOnStack] : new int[_skips.Length];
        for (int i = 0; i < _skips.Length; i++)
        {
            starts[i] = reader.Position;
            _skips[i].Run(ref reader);
        }

        int end = reader.Position;
        for (int i = 0; i < _steps.Length; i++)
        {
            if (_sources[i] >= 0)
            {
                reader.Seek(starts[_sources[i]]);
            }

            _steps[i].Run(ref reader, ref writer);
        }

        reader.Seek(end);
    }
}
