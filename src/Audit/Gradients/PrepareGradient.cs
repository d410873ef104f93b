using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>Brings a model into the form that is differentiated, and says why it cannot be.</summary>
internal static class PrepareGradient
{
    /// <summary>Whether the graph has a gradient, without running it.</summary>
    /// <param name="file">The model.</param>
    /// <param name="inputs">Name and element type of each input, in the model's order.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="link">"identity" or "logit".</param>
    /// <returns>Why not, one sentence that names the operator; null where it has.</returns>
    public static string? Refusal(ModelGraph file, IReadOnlyList<(string Name, TensorKind Kind)> inputs, string output, string link)
    {
        try
        {
            (ModelProto model, string value, _, _) = Forward(file, output, link);
            return GradientPlan.Of(model.Graph, inputs, value).Refusal;
        }
        catch (InputException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>The forward graph: of one value, in a version that the rules know, without narrow inputs.</summary>
    /// <param name="file">The model.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="link">"identity" or "logit".</param>
    /// <returns>The graph, the value, what is to be written behind it for log-odds (or null), and the version.</returns>
    /// <exception cref="InputException">The model cannot be brought into the form.</exception>
    public static (ModelProto Model, string Value, LogitForm? Form, long Opset) Forward(ModelGraph file, string output, string link)
    {
        ModelProto given = file.Model;
        string value = output;
        LogitForm? form = null;
        if (link == "logit")
        {
            LogitCut? cut = LogitCut.Find(file.File.ToArray(), output);
            if (cut is not null)
            {
                given = ModelFile.Parse(cut.Model);
                value = cut.Output;
            }
            else if (!Explanations.Native.DeclaredRole.IsLogits(given, output))
            {
                throw new InputException("Gradients of log-odds need a model that ends in a sigmoid or softmax, or one that gives logits.");
            }

            form = cut?.Form ?? LogitForm.Softmax;
        }

        ModelProto model = (NarrowInputs.Find(given)?.Model ?? given).Clone();
        long opset = OpsetVersion.Raise(model, out string? refusal);
        if (refusal is not null)
        {
            throw new InputException(refusal);
        }

        TrimGraph.To(model.Graph, [value]);
        UnrollRecurrent.Check(model.Graph);
        return (model, value, form, opset);
    }
}
