using Governance.Portal.Features.Alarms;
using Governance.Portal.Features.Alerts;
using Governance.Portal.Features.Candidates;
using Governance.Portal.Features.Cases;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Comparisons;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Documents;
using Governance.Portal.Features.Equivalence;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Explanations.Summaries;
using Governance.Portal.Features.History;
using Governance.Portal.Features.Home;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Monitoring;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.Packs;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Schedules;
using Governance.Portal.Features.Search;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Features.Variants;
using Governance.Portal.Features.Versions;
using Governance.Portal.Features.WhatIf;

namespace Governance.Portal.Features;

/// <summary>What pages read with.</summary>
internal static class PageServices
{
    /// <summary>Adds the readers of pages; each opens a context of its own for every call.</summary>
    public static void AddPages(this IServiceCollection services)
    {
        services.AddTransient<AccessNotices>();
        services.AddTransient<ComparedCohort>();
        services.AddTransient<ReadVariants>();
        services.AddTransient<SearchEverything>();
        services.AddTransient<ReadVersionAt>();
        services.AddTransient<CompareVersions>();
        services.AddTransient<ReadComparedLatency>();
        services.AddTransient<ReadComparedPictures>();
        services.AddTransient<ReadCandidateBoard>();
        services.AddSingleton<KeptComparisons>();
        services.AddTransient<AlarmNotices>();
        services.AddTransient<AlertNotices>();
        services.AddTransient<ReadMonitoring>();
        services.AddTransient<ShowReadings>();
        services.AddTransient<CompareWindow>();
        services.AddTransient<DueNotices>();
        services.AddTransient<ReadRunDiff>();
        services.AddTransient<ReadModels>();
        services.AddTransient<ReadModelHealth>();
        services.AddTransient<ReadModelProtection>();
        services.AddTransient<ReadVersion>();
        services.AddTransient<Fairness.ShownGroups>();
        services.AddTransient<Fairness.ReadCandidates>();
        services.AddTransient<ReadDatasets>();
        services.AddTransient<FittingDatasets>();
        services.AddSingleton<DatasetProfiles>();
        services.AddTransient<ReadHistory>();
        services.AddTransient<MaskedFindings>();
        services.AddSingleton<SealedDocuments>();
        services.AddTransient<ReadFindings>();
        services.AddTransient<ReadDocumentSource>();
        services.AddTransient<MakeDocument>();
        services.AddTransient<ReadPolicyWhatIf>();
        services.AddTransient<PackParts>();
        services.AddSingleton<KeptTables>();
        services.AddTransient<ReadRows>();
        services.AddTransient<ReadAttributions>();
        services.AddSingleton<KeptDrawings>();
        services.AddSingleton<KeptAttributions>();
        services.AddTransient<ReadRunRecords>();
        services.AddTransient<ReadBatteries>();
        services.AddTransient<RequestBattery>();
        services.AddTransient<ReadVariantProofs>();
        services.AddTransient<ReadSignOffDesk>();
        services.AddTransient<ReadChecklistMeasures>();
        services.AddTransient<ReadServedLatency>();
        services.AddTransient<ReadCandidates>();
        services.AddTransient<ReadCases>();
        services.AddTransient<ReadCase>();
        services.AddSingleton<CaseModels>();
        services.AddTransient<WhatIfRows>();
        services.AddTransient<WhatIfRun>();
        services.AddSingleton<ComputeTurn>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ScoredVersions>(provider, ScoredVersions.MostBytes));
        services.AddTransient<ReadCohort>();
        services.AddTransient<ReadCohortFigures>();
    }
}
