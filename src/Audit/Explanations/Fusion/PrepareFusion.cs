using Governance.Audit.Data;
using Governance.Audit.Explanations.Native;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>Brings the model of a request into the form that can be fused, or says why it has none.</summary>
internal static class PrepareFusion
{
    // Slice takes its ends as inputs from here on; log-odds need Unsqueeze with its axes as an input.
    private const long Least = 10;
    private const long LeastForLogOdds = 13;
    private const long Usual = 17;

    /// <summary>Prepares.</summary>
    /// <param name="request">What is explained.</param>
    /// <param name="cancellationToken">Ends the runs by which the shape of the output is found.</param>
    /// <exception cref="InputException">The model cannot be fused; the message says why, in one sentence.</exception>
    public static FusableModel Run(ExplainRequest request, CancellationToken cancellationToken)
    {
        if (request.Graph is not ModelGraph graph)
        {
            throw new InputException("Only the model's outputs are known here, not its graph.");
        }

        (ModelProto model, string value, LogitForm? form, bool inverted) = Forward(graph, request);
        long opset = Opset(model, form is null && !inverted ? Least : LeastForLogOdds);
        TrimGraph.To(model.Graph, [value]);
        FusableInput[] inputs = Inputs(model.Graph, request);
        ValueFacts facts = ProbeValues.Run(model, request.Rows.Slice(0, 1), 0, [value], cancellationToken);
        if (facts.RowAxis(value) != 0)
        {
            throw new InputException($"The output '{request.Output}' does not have one result a row.");
        }

        return facts.Type(value) is DataType.String or DataType.Undefined
            ? throw new InputException($"The output '{request.Output}' does not hold numbers.")
            : new FusableModel(model, value, facts, form, inverted, opset, inputs, request.Players.Count, Columns(request));
    }

    /// <summary>The same model with the players of another request.</summary>
    /// <param name="model">As it was prepared.</param>
    /// <param name="players">Players of the same inputs.</param>
    public static FusableModel With(FusableModel model, IReadOnlyList<Player> players) => model with
    {
        Players = players.Count,
        Inputs = [.. model.Inputs.Select(input => input with { Owners = Owners(players, input.Tensor, input.Owners.Length) })],
    };

    private static (ModelProto Model, string Value, LogitForm? Form, bool Inverted) Forward(ModelGraph graph, ExplainRequest request)
    {
        ModelProto given = graph.Model;
        string value = request.Output;
        LogitForm? form = null;
        bool inverted = false;
        if (request.Link == "logit")
        {
            if (LogitCut.Find(graph.File.ToArray(), value) is LogitCut cut)
            {
                (given, value, form) = (ModelFile.Parse(cut.Model), cut.Output, cut.Form);
            }
            else
            {
                inverted = !DeclaredRole.IsLogits(given, value);
                form = inverted ? null : LogitForm.Softmax;
            }
        }

        ModelProto model = (NarrowInputs.Find(given)?.Model ?? given).Clone();
        return new GraphIndex(model.Graph).Producer(value) is { OpType: "ZipMap" } map
            ? (model, map.Input[0], form, inverted)
            : (model, value, form, inverted);
    }

    private static long Opset(ModelProto model, long least)
    {
        OperatorSetIdProto? opset = model.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx");
        if (opset is null)
        {
            model.OpsetImport.Add(opset = new OperatorSetIdProto { Version = Usual });
        }

        return opset.Version >= least
            ? opset.Version
            : throw new InputException($"The model is of opset {opset.Version}; operators that make masked rows need {least} or later.");
    }

    private static FusableInput[] Inputs(GraphProto graph, ExplainRequest request)
    {
        HashSet<string> weights = [.. graph.Initializer.Select(tensor => tensor.Name)];
        List<FusableInput> inputs = [];
        foreach (ValueInfoProto input in graph.Input.Where(input => !weights.Contains(input.Name)))
        {
            int place = Enumerable.Range(0, request.Rows.Tensors.Count).First(i => request.Rows.Tensors[i].Name == input.Name);
            InputTensor tensor = request.Rows.Tensors[place];
            if (tensor.Kind == TensorKind.Text)
            {
                throw new InputException($"The input '{input.Name}' is text, and texts are masked outside the session.");
            }

            if (input.Type?.TensorType?.Shape is TensorShapeProto shape)
            {
                string? refusal = shape.Dim.Count == 0 ? $"The input '{input.Name}' takes a single number and no rows."
                    : shape.Dim[0].DimValue > 0 ? $"The graph takes exactly {shape.Dim[0].DimValue} rows at once."
                    : null;
                if (refusal is not null)
                {
                    throw new InputException(refusal);
                }
            }

            inputs.Add(new FusableInput(input.Name, place, tensor.Kind, tensor.RowShape, Owners(request.Players, place, tensor.Width)));
        }

        return inputs.Count > 0 ? [.. inputs] : throw new InputException($"The output '{request.Output}' does not depend on any input.");
    }

    private static long[] Owners(IReadOnlyList<Player> players, int tensor, int width)
    {
        long[] owners = new long[width];
        for (int player = 0; player < players.Count; player++)
        {
            foreach (PlayerElement element in players[player].Elements.Where(element => element.Tensor == tensor))
            {
                owners[element.Offset] = player;
            }
        }

        return owners;
    }

    private static long[] Columns(ExplainRequest request) =>
        request.GraphColumns is { } columns && columns.Count == request.Outputs ? [.. columns.Select(column => (long)column)]
        : request.Outputs == 1 && request.ClassIndex is int index ? [index]
        : [.. Enumerable.Range(0, request.Outputs).Select(column => (long)column)];
}
