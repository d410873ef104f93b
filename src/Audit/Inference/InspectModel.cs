using Governance.Audit.Quarantine;

namespace Governance.Audit.Inference;

/// <summary>Puts what our own reader and the quarantine found in a model file into one report.</summary>
public static class InspectModel
{
    /// <summary>Reports on a model, and asks the explainers about it.</summary>
    /// <param name="model">As the quarantine let it pass.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static InspectionReport Report(AdmittedModel model, CancellationToken cancellationToken)
    {
        ModelContent content = model.Content;
        return new InspectionReport
        {
            Sha256 = content.Sha256,
            Bytes = content.Bytes,
            IrVersion = content.IrVersion,
            Opsets = content.Opsets,
            Producer = content.Producer,
            Inputs = [.. model.Signature.Inputs.Select(input => Input(input, content))],
            Outputs = [.. model.Signature.Outputs.Select(output =>
                new InspectedOutput(output.Name, output.Type, output.Shape, output.Role, output.Classes))],
            Operators = content.Operators,
            Nodes = content.Nodes,
            Parameters = content.Parameters,
            Explainers = ExplainerList.Of(model, cancellationToken),
            Checks = model.Checks,
        };
    }

    private static InspectedInput Input(InputSpec input, ModelContent content) => new(
        input.Name, content.Inputs[input.Name],
        [input.FixedBatch > 0 ? input.FixedBatch : null, .. input.RowShape.Select(size => size > 0 ? (long?)size : null)]);
}
