using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Training;

namespace Governance.Audit.Ensembles;

/// <summary>Makes an ensemble and, where there are labelled rows, judges it beside its members.</summary>
public static class MakeEnsemble
{
    // The rule of thumb for logistic regression: ten events for each number that is learned (Peduzzi and others, 1996).
    private const int RowsPerNumber = 10;

    /// <summary>Makes it.</summary>
    /// <param name="members">At least two, loaded.</param>
    /// <param name="options">How they are combined.</param>
    /// <param name="data">Labelled rows that no member was trained on; null for none, but stacking needs them.</param>
    /// <param name="warn">Receives what a reader must know.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">Members, options and data do not fit each other.</exception>
    public static (EnsembleModel Model, EnsembleReport Report) Run(
        IReadOnlyList<EnsembleMember> members, EnsembleOptions options, EnsembleData? data, Action<AuditWarning> warn,
        CancellationToken cancellationToken)
    {
        options.Check(members.Count);
        data?.Check();
        if (options.Combination == Combination.Stacking && data is null)
        {
            throw new InputException("Stacking learns from labelled rows: give the data and the column of the label.");
        }

        AgreedMembers agreed = AgreedMembers.Of(members, options, warn, cancellationToken);
        EnsembleRows? rows = data is null ? null : EnsembleRows.Of(agreed, options, data, warn, cancellationToken);
        StackedFit? stacked = options.Combination == Combination.Stacking ? rows!.Fit(cancellationToken) : null;
        if (stacked is not null && rows!.Count < RowsPerNumber * stacked.Numbers)
        {
            warn(new AuditWarning(
                "few-rows-to-stack", $"The stacked model learns {stacked.Numbers} numbers from {rows.Count} rows: see how it does out of fold before it is used."));
        }

        EnsembleModel model = BuildEnsemble.Write(agreed, options, stacked?.Model, cancellationToken);
        double[] shares = options.Shares(members.Count);
        return (model, new EnsembleReport
        {
            Combination = options.Combination,
            Members = [.. members.Select((member, i) => new MemberReport(
                member.Name, Convert.ToHexStringLower(SHA256.HashData(member.File)), member.File.Length, stacked is null ? shares[i] : null))],
            Classes = model.Classes,
            Positive = model.Positive,
            Threshold = model.Threshold,
            Opset = model.Opset,
            Bytes = model.File.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(model.File)),
            ProofRows = model.ProofRows,
            LargestDifference = model.LargestDifference,
            Stacking = stacked is null ? null : Learned(stacked, rows!.Count, data!.Penalty, agreed.PositivePlace),
            Judged = rows is null ? null : JudgeEnsemble.Run(model, rows, cancellationToken),
        });
    }

    // Of two classes the two linear forms differ by the log-odds of the positive one, which is what a person reads.
    private static StackingReport Learned(StackedFit fit, int rows, double penalty, int positive)
    {
        MultinomialModel model = fit.Model;
        int other = 1 - positive;
        bool two = model.Classes == 2;
        return new StackingReport(
            rows, penalty, model.Converged, model.Features,
            two ? [model.Intercepts[positive] - model.Intercepts[other]] : model.Intercepts,
            two ? [[.. model.Coefficients[positive].Zip(model.Coefficients[other], (mine, theirs) => mine - theirs)]] : model.Coefficients,
            fit.Shared, fit.Trial);
    }
}
