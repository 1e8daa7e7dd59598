namespace AuditIntel.Sinks.Postgres;

/// <summary>Rows that a transaction made or changed, by table.</summary>
internal sealed class RowCounts
{
    public static readonly int Tables = Enum.GetValues<SinkTable>().Length;

    private readonly int[] _rows = new int[Tables];

    public int this[SinkTable table] => _rows[(int)table];

    public void Add(SinkTable table, int rows) => _rows[(int)table] += rows;

    public void Add(RowCounts more)
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            _rows[i] += more._rows[i];
        }
    }
}
