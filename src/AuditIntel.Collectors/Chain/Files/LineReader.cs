namespace AuditIntel.Collectors.Chain.Files;

/// <summary>
/// Lines of a stream as spans over one buffer. A line ends at LF whatever stands in it, so that a quote or a brace that nobody closes costs
/// one line. For one thread.
/// </summary>
internal sealed class LineReader(Stream stream, int longest)
{
    private const int FirstBuffer = 256 * 1024;

    private byte[] _buffer = new byte[Math.Min(FirstBuffer, longest + 1)];
    private int _begin;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>True when the line read last is longer than it may be; the span is its beginning.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Length of the line read last, before any cut.</summary>
    public long Length { get; private set; }

    /// <summary>The next line without its end (LF or CR LF), valid until the next call; false at the end of the stream.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        IsCut = false;
        while (true)
        {
            int at = _buffer.AsSpan(_begin + searched, _end - _begin - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = Line(searched + at);
                _begin += searched + at + 1;
                return true;
            }

            searched = _end - _begin;
            if (_isAtEnd)
            {
                line = Line(searched);
                _begin = _end;
                return searched > 0;
            }

            if (searched > longest)
            {
                line = Cut();
                return true;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> Line(int length)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_begin, length);
        if (line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        if (Number == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line["\uFEFF"u8.Length..];
        }

        Number++;
        Length = line.Length;
        return line;
    }

    private void Fill()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min((long)_buffer.Length * 2, (long)longest + 1));
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }

    /// <summary>Keeps the beginning of the line and reads past its end.</summary>
    private byte[] Cut()
    {
        byte[] head = _buffer.AsSpan(_begin, Math.Min(longest, Collectors.Files.SourceText.KeptBytes)).ToArray();
        long length = 0;
        int at;
        while ((at = _buffer.AsSpan(_begin, _end - _begin).IndexOf((byte)'\n')) < 0 && !_isAtEnd)
        {
            length += _end - _begin;
            _begin = _end = 0;
            Fill();
        }

        int rest = at < 0 ? _end - _begin : at;
        Length = length + rest;
        _begin += at < 0 ? rest : rest + 1;
        Number++;
        IsCut = true;
        return head;
    }
}
