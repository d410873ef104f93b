using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Forms;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Explanations.Native;

/// <summary>The explained outputs of a task as forms read from the graph, in the units of the link, or why not.</summary>
internal sealed class NativeModel
{
    private const int ProofRows = 16;

    private NativeModel(ModelProto? model, IReadOnlyList<AffineForm> forms, IReadOnlyList<AffineForm> unlinked, ElementOwners owners, string? refusal)
    {
        Model = model;
        Forms = forms;
        Unlinked = unlinked;
        Owners = owners;
        Refusal = refusal;
    }

    /// <summary>The graph; null where there is none.</summary>
    public ModelProto? Model { get; }

    /// <summary>One form an output of the task.</summary>
    public IReadOnlyList<AffineForm> Forms { get; }

    /// <summary>All columns of the output as the graph gives them, before the link.</summary>
    public IReadOnlyList<AffineForm> Unlinked { get; }

    /// <summary>Who owns which element.</summary>
    public ElementOwners Owners { get; }

    /// <summary>Why the graph could not be read, one sentence; null where it was.</summary>
    public string? Refusal { get; }

    /// <summary>Reads the graph of a task, once.</summary>
    public static NativeModel Of(AttributionTask task) => task.Once(() => Read(task));

    /// <summary>
    /// Why the forms cannot be believed: the first rows' values by them differ from the model's own; null where they agree.
    /// </summary>
    /// <remarks>Runs the model on at most 16 rows, once a task.</remarks>
    public string? Doubt(AttributionTask task, CancellationToken cancellationToken) =>
        task.Once(() => new Proof(Disagreement(task, cancellationToken))).Sentence;

    /// <summary>Fetches what some forms read, for the rows and for the background of the task.</summary>
    public (FeatureTable Rows, FeatureTable Background) Fetch(AttributionTask task, IEnumerable<AffineForm> forms, CancellationToken cancellationToken)
    {
        FormReads reads = FormReads.Of(forms);
        using FetchFeatures fetch = FetchFeatures.Prepare(Model!, reads.Tensors, reads.Tested, cancellationToken);
        return (fetch.Read(task.Rows, cancellationToken), fetch.Read(task.Background.Rows, cancellationToken));
    }

    private static NativeModel Read(AttributionTask task)
    {
        ElementOwners owners = new([.. task.Rows.Tensors.Select(tensor => tensor.Width)], task.Players);
        NativeModel Refused(string sentence) => new(null, [], [], owners, sentence);
        if (task.Graph is null)
        {
            return Refused("Only the model's outputs are known here, not its graph.");
        }

        try
        {
            ModelProto model = task.Graph.Model;
            ExplainRequest request = task.Request;
            InputSpec[] inputs = [.. task.Rows.Tensors.Select(tensor => new InputSpec(tensor.Name, tensor.Kind, tensor.RowShape, 0))];
            (FormTensor? value, FormScope scope) = ReadForms.Read(model, inputs, request.Output);
            if (value?.Columns is null)
            {
                return Refused($"The output '{request.Output}' comes out of the operator '{value?.HiddenBy}', which is neither linear nor a sum of trees.");
            }

            IReadOnlyList<AffineForm> columns = LinkForms.Simplified(value.Columns);
            IReadOnlyList<AffineForm> linked = request.Link == "logit"
                ? LinkForms.LogOddsOf(scope, columns, DeclaredRole.IsLogits(model, request.Output))
                : columns;
            AffineForm[] chosen = request.GraphColumns is IReadOnlyList<int> places && places.Count == request.Outputs && places.All(place => place < linked.Count)
                    ? [.. places.Select(place => linked[place])]
                : linked.Count == request.Outputs ? [.. linked]
                : request.ClassIndex is int index && index < linked.Count && request.Outputs == 1 ? [linked[index]]
                : [];
            return chosen.Length == 0
                ? Refused($"The output '{request.Output}' has {linked.Count} columns in the graph, which do not fit the classes explained.")
                : new NativeModel(model, chosen, columns, owners, null);
        }
        catch (InputException fault)
        {
            return Refused(fault.Message);
        }
    }

    private string? Disagreement(AttributionTask task, CancellationToken cancellationToken)
    {
        InputBatch rows = task.Rows.Rows <= ProofRows ? task.Rows : task.Rows.Slice(0, ProofRows);
        FormReads reads = FormReads.Of(Forms);
        using FetchFeatures fetch = FetchFeatures.Prepare(Model!, reads.Tensors, reads.Tested, cancellationToken);
        double[] own = FormEvaluator.Evaluate(Forms, fetch.Read(rows, cancellationToken));
        double[] expected = task.Model.Score(rows.Rows, Forms.Count, 1, (start, count) => rows.Slice(start, count), 1, cancellationToken);
        bool odds = task.Request.Link == "logit";
        for (int i = 0; i < own.Length; i++)
        {
            if (!Agree(own[i], expected[i], odds))
            {
                return string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"What was read from the graph gives {own[i]:g6} for a row where the model gives {expected[i]:g6}, so it is not relied on.");
            }
        }

        return null;
    }

    // The model computes in float; log-odds of a probability near 0 or 1 have few digits left.
    private static bool Agree(double own, double expected, bool odds) => double.IsNaN(expected) ? double.IsNaN(own)
        : own == expected || Math.Abs(own - expected) <= (odds ? 1e-3 : 1e-4) * (1 + Math.Abs(expected)) || (odds && Math.Abs(expected) > 10 && own * expected > 0);

    private sealed record Proof(string? Sentence);
}
