using System.CommandLine;
using Governance.Portal.Features.Access;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Alarms;
using Governance.Portal.Features.Alerts;
using Governance.Portal.Features.Audits;
using Governance.Portal.Features.Candidates;
using Governance.Portal.Features.Comparisons;
using Governance.Portal.Features.Copies;
using Governance.Portal.Features.Counterfactuals;
using Governance.Portal.Features.CrossValidation;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Demo;
using Governance.Portal.Features.Deployments;
using Governance.Portal.Features.Documents;
using Governance.Portal.Features.Ensembles;
using Governance.Portal.Features.Equivalence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Drift;
using Governance.Portal.Features.ExternalSignIn;
using Governance.Portal.Features.Fairness;
using Governance.Portal.Features.Inside;
using Governance.Portal.Features.Ledger;
using Governance.Portal.Features.Mitigations;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.MonitorPlans;
using Governance.Portal.Features.Packs;
using Governance.Portal.Features.Performance;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Proposals;
using Governance.Portal.Features.RedTeam;
using Governance.Portal.Features.Retention;
using Governance.Portal.Features.Robustness;
using Governance.Portal.Features.Schedules;
using Governance.Portal.Features.Serve;
using Governance.Portal.Features.ServiceAccounts;
using Governance.Portal.Features.Signatures;
using Governance.Portal.Features.Slices;
using Governance.Portal.Features.Storage;
using Governance.Portal.Features.Teams;
using Governance.Portal.Features.Tokens;
using Governance.Portal.Features.Traffic;
using Governance.Portal.Features.Variants;
using Governance.Portal.Features.Versions;

namespace Governance.Portal.CommandLine;

/// <summary>All commands, in the order of the help.</summary>
internal static class Commands
{
    public static IEnumerable<Command> All() =>
    [
        ServeCommand.Create(),
        WorkerCommand.Create(),
        DemoCommand.Create(),
        UserCommand.Create(),
        ServiceCommand.Create(),
        TokenCommand.Create(),
        ExternalLoginCommand.Create(),
        AccessCommand.Create(),
        GrantCommand.Create(),
        TeamCommand.Create(),
        AlarmCommand.Create(),
        AlertCommand.Create(),
        ModelCommand.Create(),
        VersionCommand.Create(),
        DatasetCommand.Create(),
        DeploymentCommand.Create(),
        TrafficCommand.CreateTraffic(),
        TrafficCommand.CreateLabels(),
        InspectCommand.Create(),
        InferCommand.Create(),
        ExplainCommand.Create(),
        ProfileCommand.Create(),
        ImportanceCommand.Create(),
        CounterfactualCommand.Create(),
        FairnessCommand.Create(),
        MitigateCommand.Create(),
        PerformanceCommand.Create(),
        DriftCommand.Create(),
        MonitorCommand.Create(),
        AuditCommand.Create(),
        ScheduleCommand.Create(),
        ReproduceCommand.Create(),
        PolicyCommand.Create(),
        DocumentCommand.Create(),
        SlicesCommand.Create(),
        RobustnessCommand.Create(),
        RedTeamCommand.Create(),
        CrossValidateCommand.Create(),
        CompareCommand.Create(),
        BatteryCommand.Create(),
        CandidatesCommand.Create(),
        VariantCommand.Create(),
        SurrogateCommand.Create(),
        EnsembleCommand.Create(),
        CopyCheckCommand.Create(),
        SignCommand.CreateSign(),
        SignCommand.CreateVerify(),
        UnwrapCommand.Create(),
        PackCommand.Create(),
        PublisherKeyCommand.Create(),
        MonitorsCommand.Create(),
        DuplicatesCommand.Create(),
        LedgerCommand.Create(),
        VerifyCommand.Create(),
        SigningKeysCommand.Create(),
        WitnessCommand.Create(),
        KeysCommand.Create(),
        BackupCommand.CreateBackup(),
        BackupCommand.CreateRestore(),
        RetentionCommand.Create(),
        SubjectCommand.Create(),
        MigrateCommand.Create(),
    ];
}
