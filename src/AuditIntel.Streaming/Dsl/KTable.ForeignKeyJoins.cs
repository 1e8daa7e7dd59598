namespace AuditIntel.Streaming;

/// <content>Joins by foreign keys (KIP-213): many rows of this table may refer to one of the other.</content>
public sealed partial class KTable<TKey, TValue>
{
    /// <summary>Rows whose foreign key the other table has. The result is kept in a store.</summary>
    /// <param name="other">The table that is referred to.</param>
    /// <param name="foreignKey">Gives the key that a row refers to; null for none.</param>
    /// <param name="join">Makes the joined value.</param>
    /// <param name="materialized">How the result is kept.</param>
    /// <param name="name">Name of the join's topics and nodes; null for numbered ones.</param>
    public KTable<TKey, TOut> Join<TForeignKey, TForeign, TOut>(
        KTable<TForeignKey, TForeign> other,
        Func<TKey, TValue, TForeignKey?> foreignKey,
        Func<TKey, TValue, TForeign, TOut> join,
        Materialized<TKey, TOut> materialized,
        string? name = null)
        where TForeignKey : notnull => new ForeignKeyJoinBuilder<TKey, TValue, TForeignKey, TForeign, TOut>(
            _builder, foreignKey, (key, row, foreign) => join(key, row, foreign!), left: false, materialized, name).Build(this, other);

    /// <summary>All rows; the other value is null (or <c>default</c>) where a row refers to nothing that the other table has.</summary>
    /// <inheritdoc cref="Join{TForeignKey,TForeign,TOut}"/>
    public KTable<TKey, TOut> LeftJoin<TForeignKey, TForeign, TOut>(
        KTable<TForeignKey, TForeign> other,
        Func<TKey, TValue, TForeignKey?> foreignKey,
        Func<TKey, TValue, TForeign?, TOut> join,
        Materialized<TKey, TOut> materialized,
        string? name = null)
        where TForeignKey : notnull => new ForeignKeyJoinBuilder<TKey, TValue, TForeignKey, TForeign, TOut>(
            _builder, foreignKey, join, left: true, materialized, name).Build(this, other);
}
