using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Streams;

/// <summary>Real rows first, then rows seen before, pushed towards the other class: Jacobian-based augmentation.</summary>
/// <remarks>
/// Papernot et al., "Practical black-box attacks against machine learning", ASIA CCS 2017, algorithm 1, and Juuti et al.,
/// "PRADA", EuroS&amp;P 2019. Each number moves by a tenth of its range against or with the slope of a linear model of
/// the answers, as its own class says; one choice in five takes another value.
/// </remarks>
/// <param name="seeds">Where the first 50 rows come from.</param>
/// <param name="seed">Of the pushes.</param>
public sealed class JacobianRows(QueryStream seeds, int seed) : QueryStream(seeds.Space)
{
    private const int Seeds = 50;
    private const double Step = 0.1;
    private const double Other = 0.2;

    private readonly Notebook notebook = new(seeds.Space.Width);
    private readonly float[] asked = new float[seeds.Space.Width];
    private SeededRandom random = new(seed, 27);

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        if (notebook.Count < Seeds || notebook.Model is null)
        {
            seeds.Draw(row);
        }
        else
        {
            Push(row);
        }

        row.CopyTo(asked);
    }

    /// <inheritdoc/>
    public override void Learn(double score) => notebook.Note(asked, score);

    private void Push(Span<float> row)
    {
        notebook.Row(random.NextBelow(notebook.Count)).CopyTo(row);
        double direction = notebook.Model!.LogOdds(row) >= 0 ? -1 : 1;
        foreach (RowColumn column in Space.Columns)
        {
            if (column.IsNumber)
            {
                int feature = column.Features[0];
                double step = Math.Max(column.Step, Step * ((double)column.Most - column.Least));
                row[feature] = column.Legal(row[feature] + (direction * Math.Sign(notebook.Model.Coefficients[feature]) * step));
            }
            else if (random.NextDouble() < Other)
            {
                column.Draw(row, ref random);
            }
        }
    }
}
