using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;

namespace Governance.Registry.Datasets;

/// <summary>A data set: exact bytes in the store, and what its columns mean. Written once.</summary>
public sealed class Dataset : IFact, IAppendOnly
{
    /// <summary>The most columns, as many as a table read from a file may have.</summary>
    public const int MaxColumns = 8_192;

    /// <summary>The longest title or class name, in UTF-16 code units.</summary>
    public const int MaxTitleLength = 200;

    /// <summary>Puts a data set on record.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="name">Unique; keeps <see cref="NameRule"/>.</param>
    /// <param name="title">What people call it, with its source.</param>
    /// <param name="digest">The CSV in the store.</param>
    /// <param name="rows">How many rows, without the header.</param>
    /// <param name="columns">In the order of the header.</param>
    /// <param name="positive">The class that rates and scores refer to; null where there is no label.</param>
    /// <param name="favourable">The outcome that a person wants; null where there is no label.</param>
    /// <param name="registeredBy">Who registered it.</param>
    /// <param name="registeredAt">UTC, to the microsecond.</param>
    /// <exception cref="ArgumentException">A name breaks its rule, columns lack or repeat, a count is negative.</exception>
    public Dataset(
        DatasetId id, string name, string title, ArtifactDigest digest, long rows, IReadOnlyList<DatasetColumn> columns,
        string? positive, string? favourable, UserId registeredBy, DateTimeOffset registeredAt)
    {
        if (!NameRule.Fits(name))
        {
            throw new ArgumentException(NameRule.Sentence, nameof(name));
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(title.Length, MaxTitleLength, nameof(title));
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count is 0 or > MaxColumns || columns.DistinctBy(c => c.Name).Count() != columns.Count)
        {
            throw new ArgumentException($"A data set has 1 to {MaxColumns} columns of different names.", nameof(columns));
        }

        Id = id;
        Name = name;
        Title = title;
        Digest = digest;
        Rows = rows;
        Columns = columns;
        Positive = positive;
        Favourable = favourable;
        RegisteredBy = registeredBy;
        RegisteredAt = registeredAt;
    }

    public DatasetId Id { get; private init; }

    public string Name { get; private init; }

    public string Title { get; private init; }

    public ArtifactDigest Digest { get; private init; }

    public long Rows { get; private init; }

    public IReadOnlyList<DatasetColumn> Columns { get; private init; }

    public string? Positive { get; private init; }

    public string? Favourable { get; private init; }

    public UserId RegisteredBy { get; private init; }

    public DateTimeOffset RegisteredAt { get; private init; }

    /// <inheritdoc/>
    public LedgerSubject Subject => new(LedgerSubject.Dataset, Id.ToString());

    /// <summary>The columns of a role, in the order of the header.</summary>
    public IEnumerable<DatasetColumn> Of(ColumnRole role) => Columns.Where(column => column.Role == role);

    /// <inheritdoc/>
    public JsonObject ToFact()
    {
        JsonArray columns = [];
        foreach (DatasetColumn column in Columns)
        {
            JsonObject described = new()
            {
                ["name"] = column.Name,
                ["kind"] = column.Kind.ToString(),
                ["role"] = column.Role.ToString(),
            };
            if (column.Missing.Count > 0)
            {
                described["missing"] = new JsonArray([.. column.Missing.Select(marker => (JsonNode)marker)]);
            }

            if (column.Personal)
            {
                described["personal"] = true;
            }

            if (column.Subject)
            {
                described["subject"] = true;
            }

            columns.Add(described);
        }

        return new JsonObject
        {
            ["name"] = Name,
            ["title"] = Title,
            ["digest"] = Digest.Hex,
            ["rows"] = Rows,
            ["columns"] = columns,
            ["positive"] = Positive,
            ["favourable"] = Favourable,
            ["registeredBy"] = RegisteredBy.ToString(),
            ["registeredAt"] = Microseconds.Iso(RegisteredAt),
        };
    }
}
