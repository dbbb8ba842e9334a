"""What people call the columns of a sightings table; the field's own name always comes first.

Compared as `headers.header_key` writes them: lower case, letters and digits only. Order within a field is rank: where
two columns of one file mean the same field, the one that stands earlier here is taken.
"""

from __future__ import annotations

SYNONYMS: dict[str, str] = {
    "vessel": "vesselname, shipname, ship, nameofvessel, nameofship, nameoftheship, nameofthevessel, vesselsname, "
    "shipsname, shipvessel, vesselship, vesselshipname, tanker, tankername, vesselnames, shipvesselname, name, "
    "선박명, 선명, 선박, 배이름, 배, судно, названиесудна, имясудна, названиекорабля, корабль",
    "imo": "imonumber, imono, imonum, imonr, imocode, imoid, imoshipno, imoshipnumber, shipimo, vesselimo, lrimo, "
    "lrimoshipno, imo번호, номеримо, имо",
    "mmsi": "mmsinumber, mmsino, mmsicode, shipmmsi, vesselmmsi, mmsi번호",
    "call_sign": "radiocallsign, ircs, internationalcallsign, callsigns, 호출부호, позывной",
    "flag": "flagstate, flagcountry, flagofregistry, flagofship, flagname, shipflag, vesselflag, registry, "
    "countryofregistry, nationality, 국적, 선적, 선적국, флаг, флагсудна",
    "type": "vesseltype, shiptype, typeofvessel, typeofship, kindofship, vesselclass, shipclass, shiptypename, "
    "vesseltypename, vesselcategory, 선종, типсудна",
    "length_m": "length, loa, lengthoverall, lengthoa, shiplength, vessellength, overalllength, 길이, 전장, длина, "
    "длинасудна",
    "count": "numberofships, numberofvessels, numberoftankers, noofships, noofvessels, shipcount, vesselcount, "
    "shipscount, howmany, howmanyships, 척수, количествосудов",
    "date": "datetime, timestamp, basedatetime, observed, observedat, observedon, observation, observationdate, "
    "observationtime, dateobserved, dateofobservation, timeobserved, whenseen, whenobserved, dateseen, seen, seenon, "
    "seenat, sighted, sightedon, sightedat, sightingdate, sightingtime, datesighted, dateofsighting, dateandtime, "
    "when, day, eventdate, eventtime, imagerydate, imagedate, dateofimage, dateofimagery, acquired, acquisitiondate, "
    "captured, capturedate, detected, detectedat, detectiondate, 날짜, 일자, 일시, 관측일, 관측일자, дата, "
    "датаивремя, датанаблюдения",
    "port": "portname, portofcall, portcall, portofsighting, harbour, harbor, location, place, where, 항구, 항구명, "
    "항, 장소, порт, место",
    "facility": "facilityname, berth, berthname, terminal, terminalname, pier, quay, jetty, wharf, dock, anchorage, "
    "시설, 부두, 선석, причал, терминал",
    "lat": "latitude, latdd, ylat, 위도, широта",
    "lon": "longitude, long, lng, londd, xlon, 경도, долгота",
    "ais_status": "ais, aisstate, aistransponder, transponder, transponderstatus, aissignal, aistransmission, aison, "
    "aistransmitting, aisactive, transponderon, aisonoff, 선박자동식별장치, аис",
    "activity": "operation, activitytype, activityobserved, observedactivity, status, vesselstatus, shipstatus, "
    "navstatus, navigationstatus, navigationalstatus, event, eventtype, action, behaviour, behavior, 활동, 동향, "
    "операция",
    "laden": "ladenstatus, ladenstate, ladenballast, ladenorballast, loadstate, loadcondition, loadedempty, "
    "loadedorempty, loadingcondition",
    "product": "cargo, cargotype, typeofcargo, productname, oilproduct, commodity, fuel, fueltype, 화물, 유종, груз",
    "barrels": "bbl, bbls, volumebbl, volumebbls, volumebarrels, volumeinbarrels, quantitybbl, quantitybbls, "
    "quantitybarrels, cargobbl, cargobarrels, numberofbarrels, 배럴, баррели",
    "cargo_m3": "cubicmetres, cubicmeters, cbm, m3, volumem3, volumecbm, volumecubicmetres, cargocbm, quantitym3",
    "tonnes": "metrictons, metrictonnes, mt, tonnesofcargo, cargotonnes, cargot, cargomt, quantitytonnes, "
    "quantitymt, quantityt, weighttonnes, weightmt, weightt, 톤, тонны, тонн",
    "draught": "draft, 흘수, осадка",
    "counterpart": "counterparty, stspartner, stswith, partnervessel, partnership",
    "confidence": "certainty, reliability, confidencelevel, 신뢰도, достоверность",
    "source": "citation, reference, references, ref, sources, sourceurl, url, link, sourcelink, 출처, источник",
    "note": "notes, remark, remarks, comment, comments, description, details, 비고, 메모, примечание, комментарий",
    "end_lat": "endlatitude, latend, latitudeend",
    "end_lon": "endlongitude, endlong, endlng, lonend, longitudeend",
    "other_vessel": "othervesselname, othership, othershipname",
    "other_imo": "othervesselimo, othershipimo",
    "other_mmsi": "othervesselmmsi, othershipmmsi",
    "previous_identity": "previousname, formername, formerly, exname",
    "owner": "registeredowner, beneficialowner, groupowner, shipowner, vesselowner, ownername, registeredownername, "
    "groupbeneficialowner, ultimateowner, owners, ownership, shipownername, owningcompany, disponentowner, 선주, "
    "소유주, 소유자, 소유회사, судовладелец, собственник, владелец",
    "manager": "shipmanager, ismmanager, technicalmanager, commercialmanager, operator, shipoperator, vesseloperator, "
    "commercialoperator, managername, operatorname, shipmanagername, vesselmanager, managers, doccompany, docholder, "
    "ismcompany, managementcompany, thirdpartyoperator, 관리회사, 선박관리사, 운영사, 운항사, 운항선사, оператор, "
    "менеджер, управляющаякомпания",
    "company_imo": "companyimonumber, companyimono, imocompanynumber, imocompanyno, imocompany, imocompanyid, "
    "companynumberimo, ownerimo, ownerimonumber, ownerimono, registeredownerimo, registeredownerimonumber, "
    "registeredownerimono, imoregisteredowner, groupownerimo, beneficialownerimo, managerimo, managerimonumber, "
    "shipmanagerimo, ismmanagerimo, ismcompanyimo, technicalmanagerimo, operatorimo, doccompanyimo, "
    "imouniquecompanyandregisteredownernumber, 회사imo번호, имокомпании",
}

UNITS: dict[str, str] = {
    "length_m": "m, metre, metres, meter, meters",
    "lat": "deg, degrees, decimal, decimaldegrees, dd, wgs84, n",
    "lon": "deg, degrees, decimal, decimaldegrees, dd, wgs84, e",
    "date": "utc, gmt, z, utctime",
    "barrels": "bbl, bbls, barrels",
    "cargo_m3": "m3, cbm",
    "tonnes": "t, mt",
    "draught": "m, metre, metres, meter, meters",
}
"""Units a header may carry after any of its names: ``LOA (m)``, ``date/time (UTC)``. Another unit is another column."""

TIME_OF_DAY = "time, timeutc, utctime, timegmt, timeofday, hour, clock, 시간, 시각, время"
"""A second column that completes a plain day in the date column; the date column itself where there is no other."""

ASKS_WHETHER_ON = frozenset({"aison", "aistransmitting", "aisactive", "transponderon"})
"""Headers to which yes and no are answers."""
