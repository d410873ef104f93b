using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Alarms;
using Governance.Registry.Alerts;
using Governance.Registry.Annotations;
using Governance.Registry.Artifacts;
using Governance.Registry.Backups;
using Governance.Registry.BreakGlass;
using Governance.Registry.Checkpoints;
using Governance.Registry.Cohorts;
using Governance.Registry.Comments;
using Governance.Registry.Copies;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Evidence;
using Governance.Registry.ExternalSignIn;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Monitors;
using Governance.Registry.Policies;
using Governance.Registry.Packs;
using Governance.Registry.Proposals;
using Governance.Registry.Privacy;
using Governance.Registry.Protection;
using Governance.Registry.Register;
using Governance.Registry.Retention;
using Governance.Registry.SavedViews;
using Governance.Registry.Schedules;
using Governance.Registry.Serving;
using Governance.Registry.Sessions;
using Governance.Registry.Signatures;
using Governance.Registry.SignOffs;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Teams;
using Governance.Registry.Traffic;
using Governance.Registry.Uploads;
using Governance.Registry.Versions;
using Governance.Registry.WhatIf;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Governance.Registry;

/// <summary>Every registration of this project.</summary>
public static class RegistryServices
{
    /// <summary>
    /// Rounds of PBKDF2 with HMAC-SHA-512 for a password: OWASP's figure for this hash (210,000, Password Storage Cheat
    /// Sheet). Hashes of fewer rounds are made anew at the next sign-in.
    /// </summary>
    public const int HashIterations = 210_000;

    private static readonly Type[] UseCases =
    [
        typeof(MigrateDatabase), typeof(GrantToApplication), typeof(ExportPack), typeof(CollectPack), typeof(SweepArtifacts), typeof(RotateKeys), typeof(MakeBackup), typeof(RestoreBackup),
        typeof(ChangeRetention), typeof(RetentionQueries), typeof(EraseDue), typeof(ManagePublisherKeys), typeof(AttachSignature),
        typeof(SignatureQueries), typeof(RecordProbes), typeof(AddUser), typeof(GrantAccess), typeof(RevokeAccess), typeof(DecideAccess),
        typeof(AskBreakGlass), typeof(DecideBreakGlass), typeof(BreakGlassQueries), typeof(Propose), typeof(DecideProposal),
        typeof(ProposalQueries), typeof(MakeProposal), typeof(ReleaseArtifact), typeof(ExplainAccess),
        typeof(AddTeam), typeof(ChangeMembership), typeof(TeamQueries),
        typeof(ChangeAccount), typeof(RegisterModel),
        typeof(RegisterVersion), typeof(MoveVersion), typeof(SubmitVersion), typeof(RegisterDataset), typeof(StartRun),
        typeof(ClaimRun), typeof(ReportProgress), typeof(EndRun), typeof(ResumeRuns), typeof(RunCheckpoints), typeof(CancelRun), typeof(SealEvidence),
        typeof(RecordReview), typeof(RecordDecision), typeof(VerifyLedger), typeof(PeopleQueries), typeof(ModelQueries),
        typeof(VersionQueries), typeof(DatasetQueries), typeof(EvidenceQueries), typeof(BeginUpload), typeof(ContinueUpload),
        typeof(SweepUploads), typeof(VerifyArtifacts), typeof(IssueToken), typeof(CollectToken), typeof(RevokeToken),
        typeof(TokenQueries), typeof(AddServiceAccount), typeof(ServiceAccountQueries),
        typeof(RecordExternalSignIn), typeof(ManageExternalLogins),
        typeof(MarkColumn), typeof(RecordRowReads), typeof(RowReadQueries), typeof(ShownCohorts), typeof(SubjectRequests), typeof(ReplaceDatasets),
        typeof(WhatIfSessions),
        typeof(ChooseBudget), typeof(ThrottleModel), typeof(RecordOutputPolicy), typeof(ProtectionQueries),
        typeof(ChooseServing), typeof(ServingQueries),
        typeof(RegisterPack), typeof(AdoptPolicy), typeof(ProposePolicy), typeof(PolicyQueries),
        typeof(BeginSession), typeof(SeeSession), typeof(EndSessions),
        typeof(ConfirmSession), typeof(SessionQueries), typeof(SignInAttempts), typeof(EnrolSecondFactor), typeof(CheckSecondFactor),
        typeof(InviteUser), typeof(IssueLink), typeof(SetPassword), typeof(HelpAccount), typeof(NoteCredential),
        typeof(AccountQueries),
        typeof(DossierQueries), typeof(ReadInheritance), typeof(VerifyDossier), typeof(ReturnToReview), typeof(ExpireSignOffs), typeof(KnownSigningKeys),
        typeof(RecordAttestation), typeof(RecordCase), typeof(RaiseFinding), typeof(StepFinding), typeof(RegisterQueries),
        typeof(RaiseAlert), typeof(NoteQuietWindow), typeof(StepAlert), typeof(AlertQueries), typeof(ManageDestinations), typeof(DestinationQueries),
        typeof(DeliverAlerts),
        typeof(WatchFiles), typeof(RaiseAlarm), typeof(AnswerAlarm), typeof(AlarmQueries),
        typeof(LedgerQueries), typeof(RecordSigningKeys), typeof(RotateSigningKey), typeof(SealCheckpoint), typeof(CheckpointFile),
        typeof(CheckpointQueries), typeof(LedgerProofs), typeof(ExportLedger), typeof(DeliverCopies), typeof(ReadCheckpoints),
        typeof(RecordMonitorPlan), typeof(MonitorPlanQueries), typeof(MonitorReadingQueries), typeof(WriteReadings),
        typeof(DeployVersion), typeof(EndDeployment), typeof(DeploymentQueries), typeof(CommitTraffic), typeof(TrafficQueries),
        typeof(HoldLease), typeof(AddSchedule), typeof(StepSchedule), typeof(SignalTrigger), typeof(ScheduleQueries), typeof(RecordScheduleRuns),
        typeof(TrafficHalves), typeof(EraseOldTraffic),
        typeof(AddComment), typeof(ChangeComment), typeof(CommentQueries), typeof(SaveCohort), typeof(StepSavedCohort), typeof(SavedCohortQueries), typeof(KeepViews), typeof(Annotate), typeof(AnnotationQueries),
        typeof(WaitingEntries), typeof(RecordLedgerExport), typeof(RecordGauge), typeof(DecideGauge), typeof(GaugeQueries),
    ];

    /// <summary>Adds the registry: storage, artefacts, ledger and use cases.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">Where the registry keeps what it knows; its connection string chooses the database.</param>
    public static IServiceCollection AddRegistry(this IServiceCollection services, RegistryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);

        // Read from the application's services when the model is built: without it the passkey table drops out.
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        if (options.IsPostgreSql)
        {
            AddDatabase<PostgreSqlGovernanceDb>(services, db => db.UseNpgsql(options.EffectiveConnectionString));
        }
        else
        {
            AddDatabase<SqliteGovernanceDb>(services, db => db.UseSqlite(options.EffectiveConnectionString)
                .AddInterceptors(new SqlitePragmas()));
        }

        // For Identity's stores, which ask for a context of their own scope.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContext());

        services.AddSingleton(_ => new ArtifactStore(options.ArtifactFolder, options.LoadKeys, () => options.EffectiveKeyFile));
        services.AddSingleton<StagedUploads>();
        services.AddSingleton<AppendGate>();
        services.AddSingleton<LedgerWatch>();
        services.AddSingleton<FindToken>(); // it remembers what it read
        services.AddSingleton<AnswerBudgets>();
        services.AddSingleton<AnswerDigests>();
        services.AddSingleton<TrafficLog>();
        services.AddSingleton<NoteTokenUse>(); // it remembers what it wrote
        services.AddSingleton<PrivacyKey>(); // it keeps the key between calls
        services.AddSingleton<LedgerTree>(); // it keeps the tree between calls
        services.AddSingleton<SigningKeys>(); // it keeps the keys between calls
        services.AddSingleton<SealSignal>();
        services.AddSingleton<CheckpointPlaces>(); // witnesses remember what they have seen
        services.AddSingleton<FindingsReader>(); // it keeps what documents say between calls
        services.AddSingleton<VoidChanged>(); // it remembers which files it read
        services.AddSingleton<SessionSignal>();
        services.AddSingleton<ScheduleSignal>();
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = HashIterations);
        services.TryAddSingleton<IPasswordHasher<GovernanceUser>, PasswordHasher<GovernanceUser>>();
        services.TryAddSingleton(WebhookNetwork.Real);
        services.AddTransient<IAlertDelivery, WebhookDelivery>();
        services.AddTransient<IAlertDelivery, MailDelivery>();
        services.AddTransient<IProposedChange, AdministratorProposal>();
        services.AddTransient<IProposedChange, ReleaseProposal>();
        services.AddTransient<IProposedChange, PolicyProposal>();
        foreach (Type useCase in UseCases)
        {
            services.AddTransient(useCase);
        }

        return services;
    }

    private static void AddDatabase<TDb>(IServiceCollection services, Action<DbContextOptionsBuilder> provider)
        where TDb : GovernanceDb
    {
        services.AddDbContextFactory<TDb>(db =>
        {
            provider(db);
            db.AddInterceptors(new AppendOnlyInterceptor());
        });
        services.AddSingleton<IDbContextFactory<GovernanceDb>, GovernanceDbFactory<TDb>>();
    }
}
