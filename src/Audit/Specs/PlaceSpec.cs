using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Audit.Specs;

/// <summary>Makes a spec that may name files into an audit of registered data on one version. Pure.</summary>
public static class PlaceSpec
{
    /// <summary>The options of the audit, judged by the policy's limits besides the spec's own.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="version">The version that is audited, such as hmda-mortgage/3.</param>
    /// <param name="datasets">The names of the registered data sets.</param>
    /// <param name="references">The reference data set of each deployment that has one: its columns are those of the traffic.</param>
    /// <param name="chosen">The data set that a person chose for a part of 'data', by the part's name.</param>
    /// <exception cref="InputException">The spec is of another version, or a part of its data stands for no registered data set.</exception>
    public static AuditOptions Run(
        AuditSpec spec, string version, IReadOnlyCollection<string> datasets, IReadOnlyDictionary<Guid, string> references,
        IReadOnlyDictionary<string, string> chosen)
    {
        string[] versions = [.. spec.Models.Select(model => model.Version).OfType<string>()];
        if (versions.Length > 0 && !versions.Contains(version))
        {
            throw new InputException($"The spec audits {string.Join(", ", versions)}; this is {version}.");
        }

        AuditOptions options = SpecOptions.Of(spec, policyGates: true);
        bool drift = spec.Measures.Drift is not null;
        return options with
        {
            Evaluation = Name("evaluation", spec.Evaluation),
            Background = spec.Background is null ? Name("evaluation", spec.Evaluation) : Name("background", spec.Background),
            Reference = drift ? Name("reference", spec.Reference!) : null,
            Current = drift && spec.Current is not null ? Name("current", spec.Current) : null,
        };

        string Name(string part, SpecData data)
        {
            if (chosen.GetValueOrDefault(part) is { Length: > 0 } named)
            {
                return named;
            }

            if (data.Traffic is TrafficDays traffic)
            {
                return references.GetValueOrDefault(traffic.Deployment) ?? throw new InputException(
                    $"There is no deployment {traffic.Deployment} with reference data, whose columns its traffic has.");
            }

            string own = data.Dataset ?? Path.GetFileNameWithoutExtension(data.Name);
            return datasets.Contains(own) ? own : throw new InputException(data.Dataset is not null
                ? $"There is no data set '{own}'."
                : $"The spec takes the file '{data.File}' as '{part}'; choose the registered data set that stands for it.");
        }
    }
}
