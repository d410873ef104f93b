using Governance.Audit.Data;

namespace Governance.Audit.Inference;

/// <summary>Chooses the output that is looked at.</summary>
internal static class OutputChoice
{
    /// <summary>The named output, else the probability, else the value, else the first float output.</summary>
    /// <exception cref="InputException">There is none, or the link does not fit it.</exception>
    public static (OutputSpec Output, OutputRole Role) Make(ModelSignature signature, ScorerOptions options)
    {
        OutputRole RoleOf(OutputSpec output) => options.Roles?.GetValueOrDefault(output.Name, output.Role) ?? output.Role;
        OutputSpec? chosen = options.Output is null
            ? signature.Outputs.FirstOrDefault(output => RoleOf(output) == OutputRole.Probability)
                ?? signature.Outputs.FirstOrDefault(output => RoleOf(output) == OutputRole.Value)
                ?? signature.Outputs.FirstOrDefault(output => output.Type is "tensor(float)" or "tensor(double)")
            : signature.Outputs.FirstOrDefault(output => output.Name == options.Output);
        string names = string.Join(", ", signature.Outputs.Select(output => output.Name));
        if (chosen is null)
        {
            throw new InputException(options.Output is null
                ? $"The model has no numeric output to look at; its outputs are {names}."
                : $"The model has no output '{options.Output}'; its outputs are {names}.");
        }

        OutputRole role = RoleOf(chosen);
        return options.Link == ScoreLink.Logit && role is not (OutputRole.Probability or OutputRole.Logits)
            ? throw new InputException($"--link logit needs probabilities; the output '{chosen.Name}' is a {role.ToString().ToLowerInvariant()}.")
            : (chosen, role);
    }
}
