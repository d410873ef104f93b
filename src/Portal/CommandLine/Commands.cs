using System.CommandLine;
using Governance.Portal.Features.Access;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Alarms;
using Governance.Portal.Features.Audits;
using Governance.Portal.Features.Comparisons;
using Governance.Portal.Features.Copies;
using Governance.Portal.Features.Counterfactuals;
using Governance.Portal.Features.CrossValidation;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Demo;
using Governance.Portal.Features.Documents;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.ExternalSignIn;
using Governance.Portal.Features.Fairness;
using Governance.Portal.Features.Ledger;
using Governance.Portal.Features.Mitigations;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Packs;
using Governance.Portal.Features.Performance;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Proposals;
using Governance.Portal.Features.RedTeam;
using Governance.Portal.Features.Retention;
using Governance.Portal.Features.Robustness;
using Governance.Portal.Features.Serve;
using Governance.Portal.Features.ServiceAccounts;
using Governance.Portal.Features.Signatures;
using Governance.Portal.Features.Slices;
using Governance.Portal.Features.Storage;
using Governance.Portal.Features.Teams;
using Governance.Portal.Features.Tokens;
using Governance.Portal.Features.Versions;

namespace Governance.Portal.CommandLine;

/// <summary>All commands, in the order of the help.</summary>
internal static class Commands
{
    public static IEnumerable<Command> All(TextWriter output, TextWriter error) =>
    [
        ServeCommand.Create(output, error),
        DemoCommand.Create(output, error),
        UserCommand.Create(output, error),
        ServiceCommand.Create(output, error),
        TokenCommand.Create(output, error),
        ExternalLoginCommand.Create(output, error),
        AccessCommand.Create(output, error),
        GrantCommand.Create(output, error),
        TeamCommand.Create(output, error),
        AlarmCommand.Create(output, error),
        ModelCommand.Create(output, error),
        VersionCommand.Create(output, error),
        DatasetCommand.Create(output, error),
        InspectCommand.Create(output, error),
        InferCommand.Create(output, error),
        ExplainCommand.Create(output, error),
        ProfileCommand.Create(output, error),
        ImportanceCommand.Create(output, error),
        CounterfactualCommand.Create(output, error),
        FairnessCommand.Create(output, error),
        MitigateCommand.Create(output, error),
        PerformanceCommand.Create(output, error),
        AuditCommand.Create(output, error),
        ReproduceCommand.Create(output, error),
        PolicyCommand.Create(output, error),
        DocumentCommand.Create(output, error),
        SlicesCommand.Create(output, error),
        RobustnessCommand.Create(output, error),
        RedTeamCommand.Create(output, error),
        CrossValidateCommand.Create(output, error),
        CompareCommand.Create(output, error),
        CopyCheckCommand.Create(output, error),
        SignCommand.CreateSign(output, error),
        SignCommand.CreateVerify(output, error),
        UnwrapCommand.Create(output, error),
        PackCommand.Create(output, error),
        PublisherKeyCommand.Create(output, error),
        DuplicatesCommand.Create(output, error),
        LedgerCommand.Create(output, error),
        VerifyCommand.Create(output, error),
        SigningKeysCommand.Create(output, error),
        WitnessCommand.Create(output, error),
        KeysCommand.Create(output, error),
        BackupCommand.CreateBackup(output, error),
        BackupCommand.CreateRestore(output, error),
        RetentionCommand.Create(output, error),
        SubjectCommand.Create(output, error),
        MigrateCommand.Create(output, error),
    ];
}
