using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Robustness;

/// <summary>Asks the model about changed rows, point after point.</summary>
internal sealed class PerturbedPoints
{
    private readonly RobustnessRequest request;
    private readonly AnsweredRows answers;
    private readonly IProgress<double>? progress;
    private readonly long all;
    private readonly List<(double Strength, IReadOnlyList<ChangedRows> Draws)> drawn = [];
    private readonly List<string?> refusals = [];
    private long done;

    /// <summary>Prepares the points.</summary>
    /// <param name="request">The model, and how often to draw.</param>
    /// <param name="answers">The answers to the rows as they are.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="forms">All changes that will be added.</param>
    public PerturbedPoints(RobustnessRequest request, AnsweredRows answers, IProgress<double>? progress, IEnumerable<Perturbation> forms)
    {
        (this.request, this.answers, this.progress) = (request, answers, progress);
        all = Math.Max(1, forms.Where(form => form.Make is not null).Sum(form => (long)form.Strengths.Count * Repeats(form)));
    }

    /// <summary>For each point its strength and its draws.</summary>
    public IReadOnlyList<(double Strength, IReadOnlyList<ChangedRows> Draws)> Drawn => drawn;

    /// <summary>For each point why the model refused; null where it did not.</summary>
    public IReadOnlyList<string?> Refusals => refusals;

    /// <summary>Rows sent to the model.</summary>
    public long ModelRows { get; private set; }

    /// <summary>Adds a point for each strength of a change.</summary>
    /// <returns>The places of the points; none where the change cannot be done.</returns>
    public int[] Add(Perturbation form, CancellationToken cancellationToken) =>
        form.Make is null ? [] : [.. form.Strengths.Select(strength => Add(form, form.Make, strength, cancellationToken))];

    private int Add(Perturbation form, MakeInputs make, double strength, CancellationToken cancellationToken)
    {
        List<ChangedRows> draws = [];
        string? refusal = null;
        for (int repeat = 0; repeat < Repeats(form) && refusal is null; repeat++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // The group that a threshold belongs to is the person's, whatever the disturbed cells say.
                InputBatch batch = make(strength, repeat);
                draws.Add(answers.Compare(request.Rule.Decide(request.Predictor.Predict(batch, cancellationToken), request.Table, batch)));
                ModelRows += request.Table.Rows;
            }
            catch (InputException fault)
            {
                // That a model refuses such rows is an answer too.
                refusal = fault.Message;
            }
        }

        drawn.Add((strength, refusal is null ? draws : []));
        refusals.Add(refusal);
        done += Repeats(form);
        progress?.Report((double)done / all);
        return drawn.Count - 1;
    }

    private int Repeats(Perturbation form) => form.IsRandom ? request.Repeats : 1;
}
