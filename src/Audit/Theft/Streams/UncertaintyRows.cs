namespace Governance.Audit.Theft.Streams;

/// <summary>Of candidate rows always the one that a model of the answers is least sure of: active learning.</summary>
/// <remarks>
/// Tramèr et al., "Stealing machine learning models via prediction APIs", USENIX Security 2016, section 6.3. The first 25
/// rows are candidates as they come; later each is the best of 100.
/// </remarks>
/// <param name="candidates">Where rows come from: the published profile, or data of the thief's own.</param>
public sealed class UncertaintyRows(QueryStream candidates) : QueryStream(candidates.Space)
{
    private const int Candidates = 100;

    private readonly Notebook notebook = new(candidates.Space.Width);
    private readonly float[] asked = new float[candidates.Space.Width];
    private readonly float[] candidate = new float[candidates.Space.Width];

    /// <inheritdoc/>
    public override void Draw(Span<float> row)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < (notebook.Model is null ? 1 : Candidates); i++)
        {
            candidates.Draw(candidate);
            double doubt = notebook.Model is null ? 0 : Math.Abs(notebook.Model.LogOdds(candidate));
            if (doubt < least || i == 0)
            {
                least = doubt;
                candidate.CopyTo(asked, 0);
            }
        }

        asked.CopyTo(row);
    }

    /// <inheritdoc/>
    public override void Learn(double score) => notebook.Note(asked, score);
}
