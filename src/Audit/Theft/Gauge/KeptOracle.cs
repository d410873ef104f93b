using System.Globalization;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Theft.Attacks;

namespace Governance.Audit.Theft.Gauge;

/// <summary>A door that is closed: what was answered is remembered, and nothing new can be asked.</summary>
internal sealed class KeptOracle(Victim victim) : IOracle
{
    private readonly double middle = victim.ClassCount > 1 ? 0 : victim.Answer(victim.Published.Head(1), CancellationToken.None).Scores[0][0];

    /// <inheritdoc/>
    public QuerySpace Space => victim.Space;

    /// <inheritdoc/>
    public int Classes => victim.ClassCount;

    /// <inheritdoc/>
    public string? Closed => "kept";

    /// <inheritdoc/>
    public IReadOnlyList<OracleAnswer> Ask(IReadOnlyList<float[]> rows, QueryKind kind, CancellationToken cancellationToken) => [];

    /// <summary>What was answered, as a thief would compute with it.</summary>
    /// <remarks>Answers whose decision is none of the model's classes teach nothing and are left out.</remarks>
    public TakenAnswers Taken(KeptAnswers kept)
    {
        TakenAnswers taken = new(this);
        if (kept.Rows.Count == 0)
        {
            return taken;
        }

        float[][] rows = Space.Write(new Table([.. Space.Columns.Select(column => Cells(column, kept))]));
        for (int row = 0; row < rows.Length; row++)
        {
            if (AnswerOf(kept.Rows[row]) is OracleAnswer answer)
            {
                taken.Add(rows[row], answer);
            }
        }

        return taken;
    }

    private static Column Cells(QueryColumn column, KeptAnswers kept)
    {
        int at = kept.Columns.ToList().IndexOf(column.Name);
        IEnumerable<string?> cells = kept.Rows.Select(row => at < 0 ? null : row.Cells[at]);
        return column.IsNumeric
            ? new NumberColumn(column.Name, [.. cells.Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)])
            : TextColumn.Of(column.Name, [.. cells]);
    }

    private OracleAnswer? AnswerOf(KeptAnswer kept)
    {
        double[]? attribution = kept.Attributions is null ? null
            : [.. Space.Columns.Select(column => kept.Attributions.GetValueOrDefault(column.Name))];
        if (Classes == 1)
        {
            return new OracleAnswer
            {
                Label = -1, Scores = [kept.Value ?? Middle(kept.Band)], Attribution = attribution, InUnits = kept.InUnits,
            };
        }

        int label = victim.Classes.ToList().IndexOf(kept.Label ?? "");
        return label < 0 ? null : new OracleAnswer
        {
            Label = label,
            Scores = kept.Probabilities is not { } some ? null : [.. victim.Classes.Select(name => some.TryGetValue(name, out double p) ? p : double.NaN)],
            Attribution = attribution, // of probabilities: their unit is not that of log-odds
        };
    }

    private double Middle(ValueBand? band) => band switch
    {
        { Low: double low, High: double high } => (low + high) / 2,
        { Low: double low } => low,
        { High: double high } => high,
        _ => middle,
    };
}
